/**
 * Amounts that change all the time, as a status may have them (K15): rounded up to what a person reads, and as they
 * were as long as that is about right.
 */
const KIB = 1024;
const UNITS = ['Mi', 'Gi', 'Ti', 'Pi'] as const;
const MIB = KIB * KIB;
/** From here on a whole number says enough. */
const WHOLE_FROM = 10;

/** `1.3Gi`, never less than there is; nothing is `0`, something at least `1Mi`. */
export function shownAmount(bytes: number): string {
  if (bytes <= 0) return '0';
  let value = bytes / MIB;
  let unit = 0;
  while (value >= KIB && unit < UNITS.length - 1) {
    value /= KIB;
    unit++;
  }
  const isWhole = value >= WHOLE_FROM || unit === 0;
  return `${isWhole ? Math.ceil(value) : Math.ceil(value * 10) / 10}${UNITS[unit] ?? ''}`;
}

/**
 * What to go on saying: what was said, in bytes, until there is more than that, or less than this part of it; then
 * what there is, with some room to grow.
 */
export function steadyBytes(bytes: number, said: number | undefined, least: number): number {
  if (said !== undefined && bytes <= said && bytes >= said * least) return said;
  return bytes * ROOM;
}
const ROOM = 1.05;
