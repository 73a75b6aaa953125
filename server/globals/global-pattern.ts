/** Patterns that name globals: `Account`, or `TMP*` for all whose names begin so. */

export function matchesGlobal(patterns: readonly string[], global: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? global.startsWith(pattern.slice(0, -1)) : global === pattern,
  );
}
