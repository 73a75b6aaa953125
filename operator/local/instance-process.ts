/**
 * One instance as a process of this machine: started, watched until it is ready, started again when it
 * dies (after a pause that doubles, bounded), told to read its configuration again, and stopped in order.
 *
 *   stopped ──start──► starting ──/readyz says 200──► ready
 *      ▲                  ▲  │ exit                     │ exit
 *      │                  │  └──────► restarting ◄──────┘
 *      └── stopping ◄─────┴─ pause over ──┘   (stop() leads from everywhere through stopping)
 *
 * Processes run in a group of their own: an interrupt typed at the terminal reaches `ecp up` alone, which then
 * stops them in the right order. They hold an IPC channel, so that they notice when `ecp up` is killed.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../server/base/errors.ts';
import type { InstanceState } from './state-file.ts';

/** Bounds, in milliseconds. */
export interface ProcessTiming {
  readonly readyPollMs: number;
  readonly restartDelayMsMin: number;
  readonly restartDelayMsMax: number;
  /** Who ran so long has recovered: the pauses begin anew. */
  readonly steadyMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly stopMsMax: number;
}

export const TIMING: ProcessTiming = {
  readyPollMs: 50,
  restartDelayMsMin: 500,
  restartDelayMsMax: 30_000,
  steadyMs: 60_000,
  stopMsMax: 60_000,
};

/** A longer log is put aside at the next start; one old log is kept. */
const LOG_BYTES_MAX = 16 * 1024 * 1024;
const READY_REQUEST_MS_MAX = 2_000;

export interface ProcessSpec {
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  readonly logFile: string;
  readonly metrics: { readonly host: string; readonly port: number };
}

export class InstanceProcess {
  readonly #spec: ProcessSpec;
  readonly #timing: ProcessTiming;
  readonly #changed: (detail: string) => void;
  #state: InstanceState = 'stopped';
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #restarts = 0;
  #failures = 0;
  #pause: AbortController | undefined;
  #rereadWhenReady = false;

  /** `changed` is called after every change of state, with why. */
  constructor(spec: ProcessSpec, timing: ProcessTiming, changed: (detail: string) => void) {
    this.#spec = spec;
    this.#timing = timing;
    this.#changed = changed;
  }

  get state(): InstanceState {
    return this.#state;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  get restarts(): number {
    return this.#restarts;
  }

  start(): void {
    if (this.#state !== 'stopped' && this.#state !== 'restarting') return;
    const startedMs = performance.now();
    const child = this.#spawn();
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      let over = false;
      const end = (why: string): void => {
        if (over) return;
        over = true;
        this.#child = undefined;
        resolve();
        this.#died(why, performance.now() - startedMs);
      };
      child.once('error', (error) => end(messageOf(error)));
      child.once('exit', (code, signal) => end(signal ?? `exit code ${code ?? 'unknown'}`));
    });
    this.#become('starting', `process ${child.pid ?? 'unknown'}`);
    void this.#watchReadiness(child);
  }

  #spawn(): ChildProcess {
    const [program, ...args] = this.#spec.command;
    const log = openLog(this.#spec.logFile);
    try {
      // As in the image (Dockerfile): threads that write share their memory.
      const env = { MALLOC_ARENA_MAX: '1', ...process.env };
      return spawn(program, args, { env, stdio: ['ignore', log, log, 'ipc'], detached: true });
    } finally {
      closeSync(log);
    }
  }

  /**
   * Tells it to read its configuration file again. While it starts this waits until it is ready: before it
   * listens for the signal, the signal would end it.
   */
  reconfigure(): void {
    if (this.#state === 'ready') this.#child?.kill('SIGHUP');
    else this.#rereadWhenReady = true;
  }

  /** Ends it: SIGTERM, and SIGKILL when it takes too long. Returns when it is gone. */
  async stop(): Promise<void> {
    if (this.#state === 'stopped') return;
    this.#become('stopping', 'asked to');
    this.#pause?.abort();
    const child = this.#child;
    if (child !== undefined) {
      const timeout = setTimeout(() => child.kill('SIGKILL'), this.#timing.stopMsMax);
      child.kill('SIGTERM');
      await this.#exited;
      clearTimeout(timeout);
    }
    this.#become('stopped', 'asked to');
  }

  /** Ends it and starts it again, for what it cannot change while running. */
  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  #become(state: InstanceState, detail: string): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#changed(detail);
  }

  #died(why: string, ranMs: number): void {
    if (this.#state === 'stopping' || this.#state === 'stopped') return;
    if (ranMs >= this.#timing.steadyMs) this.#failures = 0;
    const { restartDelayMsMin, restartDelayMsMax } = this.#timing;
    const delayMs = Math.min(restartDelayMsMax, restartDelayMsMin * 2 ** this.#failures);
    this.#failures++;
    this.#restarts++;
    this.#become('restarting', `${why}; again in ${delayMs} ms, see ${this.#spec.logFile}`);
    this.#pause = new AbortController();
    sleep(delayMs, undefined, { signal: this.#pause.signal }).then(
      () => {
        if (this.#state === 'restarting') this.start();
      },
      () => undefined, // stop() ended the pause
    );
  }

  async #watchReadiness(child: ChildProcess): Promise<void> {
    const { host, port } = this.#spec.metrics;
    while (this.#child === child && this.#state === 'starting') {
      if (await isReady(`http://${host}:${port}/readyz`)) {
        // Its own port may answer for another program while it dies of that very port.
        if (this.#child === child) this.#becomeReady();
        return;
      }
      await sleep(this.#timing.readyPollMs, undefined, { ref: false });
    }
  }

  #becomeReady(): void {
    if (this.#state !== 'starting') return;
    this.#become('ready', 'serves');
    if (this.#rereadWhenReady) this.#child?.kill('SIGHUP');
    this.#rereadWhenReady = false;
  }
}

function openLog(file: string): number {
  try {
    if (statSync(file).size > LOG_BYTES_MAX) renameSync(file, `${file}.1`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return openSync(file, 'a', 0o600);
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(READY_REQUEST_MS_MAX) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false; // not listening yet, or gone again: the loop sees which
  }
}
