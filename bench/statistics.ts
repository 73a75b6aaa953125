/** Order statistics of a few samples. */

/** The value below which the part `q` of the samples lies; samples need not be sorted, and may not be empty. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const place = Math.min(sorted.length - 1, Math.floor(q * sorted.length));
  const value = sorted[place];
  if (value === undefined) throw new Error('a quantile of no samples');
  return value;
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new Error('a median of no samples');
  return (low + high) / 2;
}
