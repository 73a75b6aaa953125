/** The ports for logs and metrics, keeping what they are told. */
import type { Log, LogFields } from '../../../server/ports/log.ts';
import type { Labels, Metrics } from '../../../server/ports/metrics.ts';

/** `name{label="value"}`, labels in the order in which they were given. */
function seriesName(name: string, labels: Labels): string {
  const words = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return words.length === 0 ? name : `${name}{${words.join(',')}}`;
}

export class RecordedMetrics implements Metrics {
  readonly #values = new Map<string, number>();
  readonly #observations = new Map<string, number[]>();

  /** Of a counter or gauge; undefined when it was never made. */
  value(series: string): number | undefined {
    return this.#values.get(series);
  }

  /** What a histogram was told, in order. */
  observations(series: string): readonly number[] {
    return this.#observations.get(series) ?? [];
  }

  counter(name: string, _help: string, labels: Labels = {}) {
    const key = seriesName(name, labels);
    const inc = (by = 1): void => void this.#values.set(key, (this.#values.get(key) ?? 0) + by);
    inc(0);
    return { inc };
  }

  gauge(name: string, _help: string, labels: Labels = {}) {
    const key = seriesName(name, labels);
    return {
      set: (value: number): void => void this.#values.set(key, value),
      remove: (): void => void this.#values.delete(key),
    };
  }

  histogram(name: string, _help: string, _buckets: readonly number[], labels: Labels = {}) {
    const key = seriesName(name, labels);
    return {
      observe: (value: number): void => {
        this.#observations.set(key, [...this.observations(key), value]);
      },
    };
  }

  stateSet(name: string, _help: string, states: readonly string[], labels: Labels = {}) {
    const key = (state: string): string => seriesName(name, { ...labels, state });
    return {
      set: (present: string): void => {
        for (const state of states) this.#values.set(key(state), state === present ? 1 : 0);
      },
      remove: (): void => {
        for (const state of states) this.#values.delete(key(state));
      },
    };
  }
}

export interface LogLine extends LogFields {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}

export class RecordedLog implements Log {
  readonly lines: LogLine[];
  readonly #fields: LogFields;

  constructor(lines: LogLine[] = [], fields: LogFields = {}) {
    this.lines = lines;
    this.#fields = fields;
  }

  #note(level: LogLine['level'], message: string, fields: LogFields = {}): void {
    this.lines.push({ ...this.#fields, ...fields, level, message });
  }

  /** Of one level. */
  messages(level: LogLine['level']): readonly string[] {
    return this.lines.filter((line) => line.level === level).map(({ message }) => message);
  }

  debug(message: string, fields?: LogFields): void {
    this.#note('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#note('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#note('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#note('error', message, fields);
  }

  child(fields: LogFields): RecordedLog {
    return new RecordedLog(this.lines, { ...this.#fields, ...fields });
  }
}
