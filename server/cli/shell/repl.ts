/**
 * The shell on a terminal: prompt, history kept in a file, Ctrl-C for the running line, Ctrl-D, QUIT or HALT
 * to leave. Lines from a pipe are run without prompt, up to the first that fails.
 */
import { appendFile, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isEcpError } from '../../base/errors.ts';
import type { Database } from '../../instance/database.ts';
import type { ShellEnvironment } from './evaluate.ts';
import { Shell, ShellError } from './shell.ts';
import { bytesOfText } from './variables.ts';

/** Lines of history kept. */
const HISTORY_MAX = 1000;

/** Exit codes as `ecp` has them. */
export const EXIT_OK = 0;
export const EXIT_FAILED = 1;

export interface ShellOptions {
  readonly input?: Readable & { readonly isTTY?: boolean };
  readonly output?: Writable & { readonly isTTY?: boolean };
  readonly errorOutput?: Writable;
  /** Where history is kept; without it, only for this session. */
  readonly historyFile?: string;
}

/** $HOROLOG of a moment, in local time. */
export function horologOf(date: Date): string {
  const midnight = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  // Day 0 is 31 December 1840.
  const days = Math.round((midnight - Date.UTC(1840, 11, 31)) / 86_400_000);
  const seconds = date.getHours() * 3600 + date.getMinutes() * 60 + date.getSeconds();
  return `${days},${seconds}`;
}

/** Of this process; what is written goes to a stream, waiting where it is full. */
export function processEnvironment(output: Writable): ShellEnvironment {
  return {
    horolog: () => horologOf(new Date()),
    job: String(process.pid),
    pause: () => nextTurn(),
    write: (text) => {
      if (output.write(bytesOfText(text)) || output.destroyed) return undefined;
      return once(output, 'drain').then(() => undefined);
    },
  };
}

/** `ecp shell -e LINE …`: runs lines one after the other; the first that fails ends it with exit code 1. */
export async function executeLines(
  database: Database,
  lines: readonly string[],
  options: ShellOptions & { readonly signal?: AbortSignal } = {},
): Promise<number> {
  const { output = process.stdout, errorOutput = process.stderr, signal } = options;
  const shell = new Shell(database, processEnvironment(output));
  try {
    for (const line of lines) {
      if ((await shell.run(line, signal === undefined ? {} : { signal })) === 'leave') break;
    }
    return EXIT_OK;
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    errorOutput.write(`${error.line}\n${error.explain()}`);
    return EXIT_FAILED;
  } finally {
    if (shell.isInsideLine) output.write('\n');
    await shell.close();
  }
}

/** `ecp shell`: until it is left; the exit code. The database handle stays the caller's to close. */
export async function runShell(database: Database, options: ShellOptions = {}): Promise<number> {
  const { input = process.stdin, output = process.stdout } = options;
  const isTerminal = input.isTTY === true && output.isTTY === true;
  const history = isTerminal ? await readHistory(options.historyFile) : [];
  const lines = createInterface({
    input,
    ...(isTerminal ? { output } : {}),
    terminal: isTerminal,
    history,
    historySize: HISTORY_MAX,
    removeHistoryDuplicates: true,
  });
  const shell = new Shell(database, processEnvironment(output));
  try {
    return isTerminal
      ? await converse(shell, lines, output, options)
      : await follow(shell, lines, options);
  } finally {
    lines.close();
    await shell.close();
    if (isTerminal && options.historyFile !== undefined) await trim(options.historyFile);
  }
}

/** Lines of a person. */
async function converse(
  shell: Shell,
  lines: Interface,
  output: Writable,
  { historyFile }: ShellOptions,
): Promise<number> {
  let running: AbortController | undefined;
  let prompt = '';
  const ask = async (): Promise<void> => {
    prompt = await promptOf(shell);
    lines.setPrompt(prompt);
    lines.prompt();
  };
  lines.on('SIGINT', () => {
    if (running !== undefined) {
      running.abort();
      return;
    }
    // Ctrl-C without a running line drops what was typed.
    output.write('^C\n');
    lines.write(null, { ctrl: true, name: 'e' });
    lines.write(null, { ctrl: true, name: 'u' });
    lines.prompt();
  });
  const typed = lines[Symbol.asyncIterator]();
  await ask();
  for (;;) {
    const step = await typed.next();
    if (step.done === true) {
      output.write('\n');
      return EXIT_OK;
    }
    const line = step.value;
    if (historyFile !== undefined && line.trim() !== '') await remember(historyFile, line);
    const indent = prompt.length;
    running = new AbortController();
    try {
      if ((await shell.run(line, { signal: running.signal })) === 'leave') return EXIT_OK;
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      if (shell.isInsideLine) output.write('\n');
      output.write(error.explain(indent));
    } finally {
      running = undefined;
    }
    if (shell.isInsideLine) output.write('\n');
    await ask();
  }
}

/** `USER>`, and `TL1:USER>` while a transaction is open. */
async function promptOf(shell: Shell): Promise<string> {
  const level = await shell.tlevel().catch((error: unknown) => {
    // The next line says what is wrong with the connection.
    if (isEcpError(error)) return 0;
    throw error;
  });
  return `${level === 0 ? '' : `TL${level}:`}${shell.namespace}>`;
}

/** Lines of a pipe or file; what they leave open is rolled back. */
async function follow(shell: Shell, lines: Interface, options: ShellOptions): Promise<number> {
  const { errorOutput = process.stderr } = options;
  let number = 0;
  for await (const line of lines) {
    number++;
    try {
      if ((await shell.run(line)) === 'leave') return EXIT_OK;
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      errorOutput.write(`line ${number}:\n${line}\n${error.explain()}`);
      return EXIT_FAILED;
    }
  }
  return EXIT_OK;
}

// ── History ──────────────────────────────────────────────────────────────────────────────────────────────
// One line each, oldest first. Only its owner may read it: lines hold data. A history that cannot be kept
// does not stop the shell.

async function readHistory(file: string | undefined): Promise<string[]> {
  if (file === undefined) return [];
  try {
    const text = await readFile(file, 'utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .slice(-HISTORY_MAX)
      .reverse();
  } catch {
    return [];
  }
}

async function remember(file: string, line: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await appendFile(file, `${line}\n`, { mode: 0o600 });
  } catch {
    // Kept for this session alone.
  }
}

async function trim(file: string): Promise<void> {
  const lines = await readHistory(file);
  if (lines.length < HISTORY_MAX) return;
  try {
    await writeFile(file, `${lines.reverse().join('\n')}\n`, { mode: 0o600 });
    await chmod(file, 0o600);
  } catch {
    // It stays longer than it should.
  }
}
