/**
 * GT.M as a peer: a journaled local database, and the same database over GT.CM GNP. Each measurement is a
 * run of the routine bench.m in a process of its own, which times itself.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu/fis-gtm', '/usr/lib/aarch64-linux-gnu/fis-gtm'];
/** The server's name in the client's global directory. The machine's own name would make GT.M go local. */
const NODE = 'BENCHNODE';
const SERVER_START_MS_MAX = 5000;

/** Where Debian's package fis-gtm put it, or `gtm_dist` of the environment; undefined where there is none. */
export function findGtm(): string | undefined {
  const candidates = [
    process.env['gtm_dist'],
    ...LIBRARY_FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
      readdirSync(folder).map((version) => join(folder, version)),
    ),
  ];
  return candidates.find((folder) => folder !== undefined && existsSync(join(folder, 'mumps')));
}

export type Reach = 'local' | 'gtcm';

export class GtmPeer {
  readonly version: string;
  readonly #dist: string;
  readonly #folder: string;
  readonly #port: number;
  #serverPid: number | undefined;

  private constructor(dist: string, folder: string, port: number) {
    this.#dist = dist;
    this.#folder = folder;
    this.#port = port;
    this.version = `GT.M ${dist.slice(dist.lastIndexOf('/') + 1)}`;
  }

  /** Makes the database, its journal and both global directories in `folder`, and starts the GT.CM server. */
  static async start(dist: string, folder: string, port: number): Promise<GtmPeer> {
    mkdirSync(folder, { recursive: true });
    const peer = new GtmPeer(dist, folder, port);
    const file = join(folder, 'gtm.dat');
    await peer.#defineDirectory('local', file, [
      '-allocation=50000',
      '-extension_count=20000',
      '-global_buffer_count=40000',
    ]);
    await peer.#defineDirectory('gtcm', `${NODE}:${file}`, []);
    await peer.#program('mupip', ['create'], 'local');
    await peer.#program(
      'mupip',
      ['set', '-journal=enable,on,before,allocation=200000', '-region', '*'],
      'local',
    );
    await peer.#startServer();
    return peer;
  }

  async #defineDirectory(reach: Reach, file: string, options: readonly string[]): Promise<void> {
    const commands = [
      `change -segment DEFAULT -file_name="${file}"`,
      ...options.map((option) => `change -segment DEFAULT ${option}`),
      'change -region DEFAULT -record_size=16000 -key_size=1019',
      'exit',
    ];
    await this.#program('mumps', ['-run', 'GDE'], reach, `${commands.join('\n')}\n`);
  }

  async #startServer(): Promise<void> {
    const log = join(this.#folder, 'gtcm.log');
    await this.#program('gtcm_gnp_server', [`-service=${this.#port}`, `-log=${log}`], 'local');
    for (let waited = 0; waited < SERVER_START_MS_MAX; waited += 50) {
      const pid = existsSync(log)
        ? /\[pid : (\d+)\]/.exec(readFileSync(log, 'utf8'))?.[1]
        : undefined;
      if (pid !== undefined) {
        this.#serverPid = Number(pid);
        return;
      }
      await sleep(50);
    }
    throw new Error('the GT.CM server did not start');
  }

  /** Runs one operation of bench.m; seconds. */
  async run(
    reach: Reach,
    operation: string,
    size: { readonly nodes: number; readonly count: number },
  ): Promise<number> {
    const argument = `${operation} ${size.nodes} ${size.count}`;
    const output = await this.#program('mumps', ['-run', 'bench', argument], reach);
    const micros = Number(output.trim());
    if (!(micros > 0)) throw new Error(`GT.M ${argument}: ${output}`);
    return micros / 1e6;
  }

  /** MUPIP LOAD of a ZWR file; seconds, the program's start included. */
  async load(file: string): Promise<number> {
    const start = performance.now();
    await this.#program('mupip', ['load', '-format=zwr', file], 'local');
    return (performance.now() - start) / 1000;
  }

  async #program(
    name: string,
    args: readonly string[],
    reach: Reach,
    input?: string,
  ): Promise<string> {
    const child = spawn(join(this.#dist, name), args, {
      cwd: this.#folder,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        gtm_dist: this.#dist,
        gtm_tmp: this.#folder,
        gtm_log: this.#folder,
        gtmgbldir: join(this.#folder, `${reach}.gld`),
        // Objects go to our folder, sources come from here; then GT.M's own routines.
        gtmroutines: `${this.#folder}(${import.meta.dirname}) ${this.#dist}/libgtmutil.so ${this.#dist}`,
        [`GTCM_${NODE}`]: `127.0.0.1:${this.#port}`,
      },
    });
    child.stdin?.end(input);
    let output = '';
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      // Not 'close': the GT.CM server, a daemon, inherits the pipes.
      child.once('exit', (code) => setImmediate(() => resolve(code)));
    });
    if (status !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${status}: ${output}`);
    return output;
  }

  async stop(): Promise<void> {
    if (this.#serverPid !== undefined) process.kill(this.#serverPid, 'SIGTERM');
    // The server is nobody's child of ours: give it the time to detach from its shared memory.
    await sleep(500);
    await this.#program('mupip', ['rundown', '-region', '*'], 'local').catch(() => undefined);
  }
}
