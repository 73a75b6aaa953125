/** Our side: a data server and an application server as two processes, as in production. */
import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure, Order } from './orders.ts';

const START_MS_MAX = 20_000;
const ORDER_MS_MAX = 300_000;
const STOP_MS_MAX = 15_000;
/** Table 4-1. */
const RECONNECT_SECONDS = 5;

export interface OursOptions {
  readonly folder: string;
  /** The server's main file: this checkout's, or another's to compare with. */
  readonly main: string;
  /** The first of eight free ports. */
  readonly port: number;
  /** How long the app server pauses between dials, in seconds: by default as instances do. */
  readonly reconnectSeconds?: number;
  /** Where both processes write CPU profiles when they end. */
  readonly profiles: string | undefined;
}

interface Answer {
  readonly ready?: true;
  readonly figure?: Figure;
  readonly error?: string;
}

export class Ours {
  readonly #options: OursOptions;
  #data: ChildProcess;
  readonly #application: ChildProcess;

  private constructor(options: OursOptions, data: ChildProcess, application: ChildProcess) {
    this.#options = options;
    this.#data = data;
    this.#application = application;
  }

  static async start(options: OursOptions): Promise<Ours> {
    const { folder, port } = options;
    mkdirSync(folder, { recursive: true });
    const common = (name: string, at: number): string =>
      [
        `name: ${name}`,
        `dataDirectory: ${name}`,
        `metrics: {host: 127.0.0.1, port: ${at + 1}}`,
        `admin: {host: 127.0.0.1, port: ${at + 2}}`,
        `client: {host: 127.0.0.1, port: ${at + 3}}`,
        `namespaces: [{name: USER, defaultDatabase: ACCOUNTS}]`,
        // Peers get as much: GT.M 160 MB of global buffers, Redis all it wants.
        'bufferPoolSize: 256Mi',
        'cacheSize: 96Mi',
      ].join('\n');
    writeFileSync(
      join(folder, 'data.yaml'),
      `${common('data', port)}
ecp: {host: 127.0.0.1, port: ${port}, incomingPolicy: Any}
databases: [{name: ACCOUNTS}]
`,
    );
    writeFileSync(
      join(folder, 'app.yaml'),
      `${common('app', port + 4)}
ecp: {host: 127.0.0.1, port: ${port + 4}}
dataServers: [{name: BANK, host: 127.0.0.1, port: ${port}}]
remoteDatabases: [{name: ACCOUNTS, dataServer: BANK, database: ACCOUNTS}]
application: {module: ${join(import.meta.dirname, 'application.ts')}}
timeouts: {reconnectIntervalSeconds: ${options.reconnectSeconds ?? RECONNECT_SECONDS}}
`,
    );
    const children: ChildProcess[] = [];
    try {
      const data = start(options, 'data');
      children.push(data);
      await untilReady(options, 'data', port + 1);
      const application = start(options, 'app');
      children.push(application);
      await answer(application, START_MS_MAX);
      return new Ours(options, data, application);
    } catch (error) {
      for (const child of children) child.kill('SIGKILL');
      throw new Error(`${logOf(options, 'data')}${logOf(options, 'app')}`, { cause: error });
    }
  }

  async obey(order: Order): Promise<Figure> {
    const answered = answer(this.#application, ORDER_MS_MAX);
    this.#application.send(order);
    const { figure, error } = await answered;
    if (figure === undefined) throw new Error(`${order.kind}: ${error}`);
    return figure;
  }

  /** Kills the data server and starts it again; resolves when it is ready. */
  async restartData(): Promise<void> {
    const ended = new Promise((resolve) => this.#data.once('exit', resolve));
    this.#data.kill('SIGKILL');
    await ended;
    this.#data = start(this.#options, 'data');
    await untilReady(this.#options, 'data', this.#options.port + 1);
  }

  /** The application server first, so that it can say goodbye. */
  async stop(): Promise<void> {
    for (const child of [this.#application, this.#data]) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
      await ended;
      clearTimeout(late);
    }
  }
}

function logOf(options: OursOptions, name: string): string {
  try {
    return readFileSync(join(options.folder, `${name}.log`), 'utf8').slice(-2000);
  } catch {
    return '';
  }
}

function start(options: OursOptions, name: string): ChildProcess {
  const { folder, main, profiles } = options;
  const log = openSync(join(folder, `${name}.log`), 'a');
  const profiling =
    profiles === undefined
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}.cpuprofile`];
  const child = fork(main, ['--configuration', join(folder, `${name}.yaml`)], {
    execArgv: profiling,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return child;
}

async function untilReady(options: OursOptions, name: string, port: number): Promise<void> {
  for (let waited = 0; waited < START_MS_MAX; waited += 50) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok === true) return;
    await sleep(50);
  }
  throw new Error(`${name} did not become ready:\n${logOf(options, name)}`);
}

/** The next thing that the application module says. */
function answer(child: ChildProcess, msMax: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      settle();
    };
    const onMessage = (message: unknown): void => end(() => resolve(message as Answer));
    const onExit = (): void => end(() => reject(new Error('the application server ended')));
    const timer = setTimeout(
      () => end(() => reject(new Error(`no answer within ${msMax / 1000} s`))),
      msMax,
    );
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
