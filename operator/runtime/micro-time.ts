/** Times as the API server takes them: Leases and Events want six digits of a second, and refuse three; statuses none. */

/** `2026-11-27T20:51:05.123456Z`, from milliseconds since 1970. */
export function microTime(wallMs: number): string {
  const wholeMs = Math.floor(wallMs);
  const micros = Math.floor((wallMs - wholeMs) * 1000);
  const untilMs = new Date(wholeMs).toISOString().slice(0, -1);
  return `${untilMs}${String(micros).padStart(3, '0')}Z`;
}

/** `2026-11-27T20:51:05Z`, from milliseconds since 1970. */
export function secondTime(wallMs: number): string {
  return new Date(wallMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
