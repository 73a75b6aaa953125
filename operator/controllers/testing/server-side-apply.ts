/**
 * What a server-side apply makes of an object: the fields that are given, less those that the same manager gave before and
 * gives no more, and everybody else's as they were. Lists are one value each, but for conditions, which go by type.
 */
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isConditions = (name: string, value: unknown): value is readonly Fields[] =>
  name === 'conditions' && Array.isArray(value) && value.every(isFields);
/** Of a list of conditions: what each is about. */
const byType = (list: readonly Fields[]): Record<string, unknown> =>
  Object.fromEntries(list.map((item) => [String(item['type']), item]));

/**
 * `before`: what this manager applied last. `others`: what other managers have applied, whose fields stay though this one
 * gives them up.
 */
export function applied(
  current: Fields,
  wanted: Fields,
  before: Fields,
  others: readonly Fields[],
): Record<string, unknown> {
  return merge(without(current, before, wanted, others), wanted);
}

function merge(current: Fields, wanted: Fields): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...current };
  for (const [name, value] of Object.entries(wanted)) {
    const old = current[name];
    if (isFields(value)) merged[name] = merge(isFields(old) ? old : {}, value);
    else if (isConditions(name, value) && isConditions(name, old)) {
      merged[name] = Object.values({ ...byType(old), ...byType(value) });
    } else merged[name] = value;
  }
  return merged;
}

function without(
  current: Fields,
  before: Fields,
  wanted: Fields,
  others: readonly Fields[],
): Record<string, unknown> {
  const kept: Record<string, unknown> = { ...current };
  for (const [name, old] of Object.entries(before)) {
    const [now, theirs] = [wanted[name], others.map((fields) => fields[name])];
    if (isFields(old) && isFields(kept[name])) {
      const inner = isFields(now) ? now : {};
      kept[name] = without(kept[name], old, inner, theirs.filter(isFields));
      const isLeft = name in wanted || theirs.some(isFields);
      if (!isLeft && Object.keys(kept[name] as Fields).length === 0)
        Reflect.deleteProperty(kept, name);
    } else if (isConditions(name, old) && isConditions(name, kept[name])) {
      const types = new Set(isConditions(name, now) ? now.map(({ type }) => type) : []);
      const given = new Set(old.map(({ type }) => type));
      kept[name] = kept[name].filter(({ type }) => types.has(type) || !given.has(type));
    } else if (!(name in wanted) && theirs.every((value) => value === undefined)) {
      Reflect.deleteProperty(kept, name);
    }
  }
  return kept;
}
