/** pino, for the Log port: one JSON object a line, on standard output or a stream given. */
import { pino, type DestinationStream, type Logger } from 'pino';
import type { Log, LogFields } from '../ports/log.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export class PinoLog implements Log {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** `name` stands in every line. */
  static open(name: string, level: LogLevel, destination?: DestinationStream): PinoLog {
    const options = { name, level, base: { name } };
    return new PinoLog(destination === undefined ? pino(options) : pino(options, destination));
  }

  setLevel(level: LogLevel): void {
    this.#logger.level = level;
  }

  debug(message: string, fields: LogFields = {}): void {
    this.#logger.debug(fields, message);
  }

  info(message: string, fields: LogFields = {}): void {
    this.#logger.info(fields, message);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.#logger.warn(fields, message);
  }

  error(message: string, fields: LogFields = {}): void {
    this.#logger.error(fields, message);
  }

  child(fields: LogFields): Log {
    return new PinoLog(this.#logger.child(fields));
  }
}
