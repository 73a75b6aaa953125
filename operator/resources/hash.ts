/** Hashes of plain data: the same for equal data, whatever the order of its fields. */
export type Sha256 = (text: string) => string;

/** `sha256:<hex>`. Fields that are undefined count as absent. */
export function hashOf(value: unknown, sha256: Sha256): string {
  return `sha256:${sha256(canonicalJson(value))}`;
}

/** JSON with sorted fields and without spaces. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
        )
      : inner,
  );
}
