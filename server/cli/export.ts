/** `ecp export`: globals as a ZWR or GO file, in canonical order, as fast as the receiver takes it. */
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ByteWriter, compareBytes, utf8 } from '../base/bytes.ts';
import { EcpError } from '../base/errors.ts';
import { encodeKey } from '../globals/key.ts';
import { parseReference } from '../globals/reference.ts';
import type { ReadSubscript, Subscript } from '../globals/types.ts';
import { formatHeader, type GlobalFileFormat } from '../globals/global-file.ts';
import { writePair } from '../globals/go-format.ts';
import { writeLine } from '../globals/zwr.ts';
import type { Database, GlobalNode } from '../instance/database.ts';

/** Bytes gathered before they go to the output. */
const CHUNK_BYTES = 64 * 1024;

/** What a string shows where bytes were not UTF-8. */
const REPLACEMENT = '\uFFFD';

/** Nodes between two reports of progress. */
const NODES_PER_REPORT = 1000;

export interface ExportOptions {
  readonly signal?: AbortSignal;
  /** Nodes written so far. */
  readonly onProgress?: (nodes: number) => void;
  /** The date in the header; default now. */
  readonly date?: Date;
  /** For people who read the file: the first header line. */
  readonly label?: string;
  /** Default ZWR, which takes every value. */
  readonly format?: GlobalFileFormat;
}

export interface Exported {
  readonly nodes: number;
  readonly seconds: number;
}

/** As GlobalNode.entries, with values as bytes: nothing is lost where they are not UTF-8. */
export async function* exactEntries(
  node: GlobalNode,
): AsyncGenerator<readonly [readonly ReadSubscript[], Uint8Array]> {
  for await (const [subscripts, text] of node.entries()) {
    if (!text.includes(REPLACEMENT)) {
      yield [subscripts, utf8(text)];
      continue;
    }
    const bytes = await node.getBytes(subscripts);
    // Gone since: it was not there.
    if (bytes !== undefined) yield [subscripts, bytes];
  }
}

/**
 * Writes globals (all of the namespace's if none is named) with header to `output`, waiting where it is
 * full; does not end it. Each is a name with or without caret, or a reference such as ^DIC(4). EcpError
 * SYNTAX for a malformed one; nothing is written then. Also for a value that the format cannot hold.
 */
export async function exportStream(
  database: Database,
  globals: readonly string[],
  output: Writable,
  options: ExportOptions = {},
): Promise<Exported> {
  const { signal, onProgress, date = new Date(), label = 'ECP export', format = 'zwr' } = options;
  const started = performance.now();
  const job = signal === undefined ? database : database.with({ signal });
  const trees = await treesOf(job, globals);
  const sink = new Sink(output);
  sink.lines.raw(formatHeader(label, headerDate(date), { format }));
  let nodes = 0;
  for (const { name, subscripts } of trees) {
    for await (const [below, value] of exactEntries(job.global(name).at(...subscripts))) {
      if (signal?.aborted === true) throw new EcpError('CANCELLED', 'interrupted');
      const key = encodeKey(name, [...subscripts, ...below]);
      if (format === 'go') writePair(sink.lines, key, value);
      else {
        writeLine(sink.lines, key, value);
        sink.lines.u8(LINE_FEED);
      }
      nodes++;
      if (sink.lines.length >= CHUNK_BYTES) await sink.flush();
      if (nodes % NODES_PER_REPORT === 0) onProgress?.(nodes);
    }
  }
  await sink.flush();
  onProgress?.(nodes);
  return { nodes, seconds: (performance.now() - started) / 1000 };
}

/**
 * Exports to a file, compressed if its name ends in .gz. The file appears under its name only when it is
 * complete.
 */
export async function exportFile(
  database: Database,
  globals: readonly string[],
  path: string,
  options: ExportOptions = {},
): Promise<Exported> {
  const partial = `${path}.partial`;
  const handle = await open(partial, 'w');
  const file = handle.createWriteStream({ flush: true });
  const zip = path.endsWith('.gz') ? createGzip() : undefined;
  const done = finished(file);
  // Awaited below, in either case; until then a failure must only not be unhandled.
  done.catch(() => undefined);
  try {
    zip?.pipe(file);
    file.on('error', (error) => zip?.destroy(error));
    const output = zip ?? file;
    const exported = await exportStream(database, globals, output, options);
    output.end();
    await done;
    await rename(partial, path);
    return exported;
  } catch (error) {
    zip?.destroy();
    file.destroy();
    await done.catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}

const LINE_FEED = 0x0a;

/** Lines gathered for a stream. */
class Sink {
  readonly lines = new ByteWriter(CHUNK_BYTES * 2);
  readonly #output: Writable;
  #error: Error | undefined;

  constructor(output: Writable) {
    this.#output = output;
    output.on('error', (error: Error) => {
      this.#error ??= error;
    });
  }

  /** Hands the lines on; waits while the stream is full. */
  async flush(): Promise<void> {
    this.#check();
    const chunk = this.lines.copy();
    this.lines.clear();
    if (chunk.length > 0 && !this.#output.write(chunk)) await drained(this.#output);
    this.#check();
  }

  #check(): void {
    if (this.#error !== undefined) throw this.#error;
    if (this.#output.destroyed) throw new EcpError('CANCELLED', 'the output was closed');
  }
}

/** Until the stream takes more, or never will. */
function drained(output: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      output.off('drain', done).off('close', done).off('error', done);
      resolve();
    };
    output.on('drain', done).on('close', done).on('error', done);
    if (output.destroyed) done();
  });
}

interface Tree {
  readonly name: string;
  readonly subscripts: readonly Subscript[];
}

/** In canonical order, without what lies inside another one. */
async function treesOf(database: Database, globals: readonly string[]): Promise<readonly Tree[]> {
  const trees: Tree[] = [];
  for (const text of globals) {
    const { global, subscripts } = parseReference(text.startsWith('^') ? text : `^${text}`);
    trees.push({ name: global, subscripts });
  }
  if (globals.length === 0) {
    for await (const name of database.globals()) trees.push({ name, subscripts: [] });
  }
  const keyed = trees.map((tree) => ({ tree, key: encodeKey(tree.name, tree.subscripts) }));
  keyed.sort((a, b) => compareBytes(a.key, b.key));
  let last: Uint8Array | undefined;
  return keyed
    .filter(({ key }) => {
      const outer = last;
      if (outer !== undefined && outer.every((byte, i) => key[i] === byte)) return false;
      last = key;
      return true;
    })
    .map(({ tree }) => tree);
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

/** 21-NOV-2026 11:10:00, in local time, as the field writes it. */
function headerDate(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${two(date.getDate())}-${MONTHS[date.getMonth()] as string}-${date.getFullYear()}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
