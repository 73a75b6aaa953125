/** The shell without a terminal: lines in, text out. */
import { isEcpError, messageOf } from '../../base/errors.ts';
import type { Database } from '../../instance/database.ts';
import { commandNamed } from './commands.ts';
import { Machine, type ShellEnvironment } from './evaluate.ts';
import { LineError } from './lexer.ts';
import { parseLine } from './parser.ts';

/** What became of a line that failed: nothing of it ran if the code is SYNTAX and it does not parse. */
export class ShellError extends Error {
  override readonly name = 'ShellError';
  readonly line: string;
  /** Where, in UTF-16 units from 0. */
  readonly column: number;

  constructor(line: string, column: number, cause: Error) {
    super(messageOf(cause), { cause });
    this.line = line;
    this.column = column;
  }

  /** The caret below the line and the message; `indent` characters stand before the line on the screen. */
  explain(indent = 0): string {
    return `${' '.repeat(indent + this.column)}^\n${this.message}\n`;
  }
}

export interface RunOptions {
  /** Ends the line with <CANCELLED>. */
  readonly signal?: AbortSignal;
}

export class Shell {
  readonly #machine: Machine;

  /** The database handle stays the caller's to close. */
  constructor(database: Database, environment: ShellEnvironment) {
    this.#machine = new Machine(database, environment);
  }

  get namespace(): string {
    return this.#machine.namespace;
  }

  /** $TLEVEL. */
  tlevel(): Promise<number> {
    return this.#machine.tlevel();
  }

  /** Whether what was written last did not end its line. */
  get isInsideLine(): boolean {
    return this.#machine.isInsideLine;
  }

  /**
   * Runs one line; 'leave' after HALT, or a QUIT outside of loops. ShellError for everything that an
   * application would get as EcpError.
   */
  async run(line: string, { signal }: RunOptions = {}): Promise<'next' | 'leave'> {
    const machine = this.#machine;
    machine.bind(signal);
    machine.column = 0;
    try {
      const flow = await machine.run(parseLine(line, commandNamed));
      return flow === 'next' ? 'next' : 'leave';
    } catch (error) {
      if (!isEcpError(error)) throw error;
      const column = error instanceof LineError ? error.column : machine.column;
      throw new ShellError(line, column, error);
    }
  }

  /** HALT: rolls back an open transaction, and ends a job that a change of namespace opened. */
  async close(): Promise<void> {
    await this.#machine.close();
  }
}

/** Runs one line in a shell of its own and gives what it wrote. ShellError as Shell.run. */
export async function runLine(
  database: Database,
  line: string,
  options: RunOptions & Partial<ShellEnvironment> = {},
): Promise<string> {
  let output = '';
  const environment: ShellEnvironment = {
    horolog: () => '0,0',
    job: '1',
    pause: () => Promise.resolve(),
    write: (text) => {
      output += text;
    },
    ...options,
  };
  const shell = new Shell(database, environment);
  try {
    await shell.run(line, options);
    return output;
  } finally {
    await shell.close();
  }
}
