/** Counting, as the cores see it. Names and labels are fixed when an instrument is made. */
export interface Counter {
  inc(by?: number): void;
}
export interface Gauge {
  set(value: number): void;
  /** Takes the series away: the thing it spoke of is gone. */
  remove(): void;
}
export interface Histogram {
  observe(value: number): void;
}
/** A gauge with one series per state, 1 for the present one, else 0. */
export interface StateSet {
  set(state: string): void;
  /** Takes the series away: the thing it spoke of is gone. */
  remove(): void;
}
export type Labels = Readonly<Record<string, string>>;

export interface Metrics {
  counter(name: string, help: string, labels?: Labels): Counter;
  gauge(name: string, help: string, labels?: Labels): Gauge;
  /** `buckets`: ascending upper bounds, in the unit that the name ends with. */
  histogram(name: string, help: string, buckets: readonly number[], labels?: Labels): Histogram;
  stateSet(name: string, help: string, states: readonly string[], labels?: Labels): StateSet;
}
