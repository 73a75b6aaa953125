/**
 * `ecp import`: ZWR or GO (told by the header), plain or gzip (told by its first bytes), streaming, so that a file may be larger than
 * memory.
 *
 * Of a regular file that is malformed nothing is written: it is read twice, first only to check it. What
 * comes through a pipe can be read once: the error then says how many nodes were written before.
 * 'Imported' means durable.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { concatBytes } from '../base/bytes.ts';
import { EcpError, isEcpError, messageOf } from '../base/errors.ts';
import { WINDOW_BYTES_MAX, IMPORT_OUTSTANDING_MAX } from '../base/limits.ts';
import { decodeKey } from '../globals/key.ts';
import { type FileNode, GlobalFileReader } from '../globals/global-file.ts';
import type { Database, GlobalNode } from '../instance/database.ts';

/** Nodes between two reports of progress, and between two looks at the signal. */
const NODES_PER_REPORT = 1000;

const GZIP_MAGIC = [0x1f, 0x8b] as const;

export interface ImportProgress {
  /** 'check' reads a file without writing. */
  readonly phase: 'check' | 'write';
  readonly name: string;
  readonly nodes: number;
  /** Of the file as it is stored, so compressed ones before decompression. */
  readonly bytes: number;
  /** All of it; undefined where nobody knows, as in a pipe. */
  readonly totalBytes: number | undefined;
}

export interface ImportOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface StreamOptions extends ImportOptions {
  /** What errors call the input; default `standard input`. */
  readonly name?: string;
  readonly totalBytes?: number;
}

export interface Imported {
  readonly nodes: number;
  readonly seconds: number;
}

/** The rest of the message says what was written; `line` is of the input after decompression, from 1. */
export class ImportError extends EcpError {
  readonly nodes: number;

  constructor(cause: EcpError, name: string, nodes: number) {
    const rule = cause.message.replace(`<${cause.code}> `, '');
    const written = nodes === 0 ? 'nothing was written' : `${nodes} nodes were written before`;
    super(cause.code, `${name}: ${rule}; ${written}`, {
      retry: cause.retry,
      outcome: nodes === 0 ? cause.outcome : 'maybe',
      cause,
      ...(cause.reference === undefined ? {} : { reference: cause.reference }),
    });
    this.nodes = nodes;
  }
}

/**
 * Imports files in their order; `-` is standard input, read once. All regular files are checked before the
 * first node is written. ImportError with file, line and rule; errors of the file system as they are.
 */
export async function importFiles(
  database: Database,
  paths: readonly string[],
  options: ImportOptions & { readonly standardInput?: AsyncIterable<Uint8Array> } = {},
): Promise<Imported> {
  const { standardInput = process.stdin, ...shared } = options;
  const sizes = new Map<string, number>();
  for (const path of paths) {
    const status = path === '-' ? undefined : await stat(path);
    if (status?.isDirectory() === true) {
      throw new EcpError('SYNTAX', `${path} is a folder: name its files`);
    }
    if (status?.isFile() !== true || sizes.has(path)) continue;
    sizes.set(path, status.size);
    const stream = { ...shared, name: path, totalBytes: status.size };
    await checkStream(createReadStream(path), stream);
  }
  let nodes = 0;
  let seconds = 0;
  for (const path of paths) {
    const totalBytes = sizes.get(path);
    const stream: StreamOptions = {
      ...shared,
      ...(path === '-' ? {} : { name: path }),
      ...(totalBytes === undefined ? {} : { totalBytes }),
    };
    const input = path === '-' ? standardInput : createReadStream(path);
    const imported = await importStream(database, input, stream);
    nodes += imported.nodes;
    seconds += imported.seconds;
  }
  return { nodes, seconds };
}

/** Reads all of it and writes nothing. ImportError at the first fault. */
export async function checkStream(
  input: AsyncIterable<Uint8Array>,
  options: StreamOptions = {},
): Promise<Imported> {
  return read(input, 'check', options, { take: () => undefined, finish: () => undefined });
}

/**
 * Imports one stream; resolves when all of it is durable. ImportError says the line and how many nodes were
 * written.
 */
export async function importStream(
  database: Database,
  input: AsyncIterable<Uint8Array>,
  options: StreamOptions = {},
): Promise<Imported> {
  const { signal } = options;
  const job = signal === undefined ? database : database.with({ signal });
  const window = new SetWindow();
  let name: string | undefined;
  let node: GlobalNode | undefined;
  return read(input, 'write', options, {
    take: ({ key, value, line }) => {
      const { global, subscripts } = decodeKey(key);
      if (node === undefined || global !== name) {
        name = global;
        node = job.global(global);
      }
      // A copy: the next chunk may come before a remote database has taken it.
      const change = node.set(subscripts, value.slice());
      return change instanceof Promise ? window.add(change, line, value.length) : undefined;
    },
    finish: async () => {
      await window.drain();
      await job.flush();
    },
  });
}

interface Receiver {
  take(node: FileNode): Promise<void> | undefined;
  finish(): Promise<void> | undefined;
}

async function read(
  input: AsyncIterable<Uint8Array>,
  phase: ImportProgress['phase'],
  options: StreamOptions,
  receiver: Receiver,
): Promise<Imported> {
  const { signal, onProgress, name = 'standard input', totalBytes } = options;
  const started = performance.now();
  const reader = new GlobalFileReader();
  const counted = new CountedInput(input);
  let nodes = 0;
  const report = (): void => {
    if (signal?.aborted === true) throw new EcpError('CANCELLED', 'interrupted');
    onProgress?.({ phase, name, nodes, bytes: counted.bytes, totalBytes });
  };
  const takeAll = async (found: Iterable<FileNode>): Promise<void> => {
    for (const node of found) {
      const wait = receiver.take(node);
      if (wait !== undefined) await wait;
      nodes++;
      if (nodes % NODES_PER_REPORT === 0) report();
    }
  };
  try {
    report();
    for await (const chunk of decompressed(counted)) await takeAll(reader.push(chunk));
    await takeAll(reader.end());
    await receiver.finish();
    report();
  } catch (error) {
    if (!isEcpError(error)) throw error;
    throw new ImportError(placed(error, reader.lineCount), name, phase === 'check' ? 0 : nodes);
  }
  return { nodes, seconds: (performance.now() - started) / 1000 };
}

/** The error with a line: its own, or the last one read. */
function placed(error: EcpError, lastLine: number): EcpError {
  const rule = error.message.replace(`<${error.code}> `, '');
  if (/^line \d/.test(rule)) return error;
  return new EcpError(error.code, `up to line ${lastLine}: ${rule}`, {
    retry: error.retry,
    outcome: error.outcome,
    cause: error,
    ...(error.reference === undefined ? {} : { reference: error.reference }),
  });
}

/** Sets that were called and not yet answered: bounded in number and bytes. */
class SetWindow {
  #count = 0;
  #bytes = 0;
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  /** Resolves, or is undefined, when another one may be called. */
  add(change: Promise<void>, line: number, bytes: number): Promise<void> | undefined {
    this.#count++;
    this.#bytes += bytes;
    const done = (): void => {
      this.#count--;
      this.#bytes -= bytes;
      this.#wake?.();
    };
    change.then(done, (error: unknown) => {
      this.#error ??= isEcpError(error)
        ? atLine(error, line)
        : new Error(messageOf(error), { cause: error });
      done();
    });
    const isFull = this.#count >= IMPORT_OUTSTANDING_MAX || this.#bytes >= WINDOW_BYTES_MAX;
    return isFull || this.#error !== undefined
      ? this.#until(() => this.#count < IMPORT_OUTSTANDING_MAX && this.#bytes < WINDOW_BYTES_MAX)
      : undefined;
  }

  /** Until all are answered. */
  drain(): Promise<void> {
    return this.#until(() => this.#count === 0);
  }

  async #until(isReached: () => boolean): Promise<void> {
    while (this.#error === undefined && !isReached()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#error !== undefined) throw this.#error;
  }
}

function atLine(error: EcpError, line: number): EcpError {
  const rule = error.message.replace(`<${error.code}> `, '');
  return new EcpError(error.code, `line ${line}: ${rule}`, {
    retry: error.retry,
    outcome: error.outcome,
    cause: error,
    ...(error.reference === undefined ? {} : { reference: error.reference }),
  });
}

/** Counts what is read. */
class CountedInput implements AsyncIterable<Uint8Array> {
  readonly #input: AsyncIterable<Uint8Array>;
  bytes = 0;

  constructor(input: AsyncIterable<Uint8Array>) {
    this.#input = input;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of this.#input) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }
}

/** The input, decompressed if it starts as gzip does. EcpError DAMAGED if that is broken or cut off. */
async function* decompressed(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const chunks = input[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  let isOver = false;
  while (head.length < GZIP_MAGIC.length && !isOver) {
    const step = await chunks.next();
    if (step.done === true) isOver = true;
    else head = concatBytes(head, step.value);
  }
  const all = (async function* (): AsyncGenerator<Uint8Array, void> {
    try {
      if (head.length > 0) yield head;
      for (;;) {
        const step = await chunks.next();
        if (step.done === true) return;
        yield step.value;
      }
    } finally {
      await chunks.return?.();
    }
  })();
  if (!GZIP_MAGIC.every((byte, i) => head[i] === byte)) {
    yield* all;
    return;
  }
  const source = Readable.from(all, { objectMode: false });
  const zip = createGunzip();
  let sourceError: Error | undefined;
  source.on('error', (error) => {
    sourceError = error;
    zip.destroy(error);
  });
  source.pipe(zip);
  try {
    for await (const chunk of zip) yield chunk as Uint8Array;
  } catch (cause) {
    if (sourceError !== undefined) throw sourceError;
    throw new EcpError('DAMAGED', `the gzip data is broken or cut off (${messageOf(cause)})`, {
      cause,
    });
  } finally {
    source.destroy();
  }
}
