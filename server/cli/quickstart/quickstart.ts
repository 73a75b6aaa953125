/**
 * `npm run quickstart`: a topology from the manifests that `kubectl apply` takes, as processes on this machine;
 * real globals loaded through one app server and read on the other; then the eleven steps of a block's way.
 * With `--json` one JSON line a step and a last one. Exit code 1 if a step did not happen.
 */
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '../../../client/index.ts';
import type { RemoteDatabase } from '../../../client/index.ts';
import type { LocalInstance } from '../../../operator/local/state-file.ts';
import { startLocal, type LocalTopology } from '../../../operator/local/local-topology.ts';
import { EcpError } from '../../base/errors.ts';
import { callAdmin } from '../../adapters/grpc-admin-service.ts';
import { importStream } from '../import.ts';
import { takeElevenSteps, type LogLine, type Stage, type Step } from './eleven-steps.ts';

const MANIFEST = fileURLToPath(new URL('../../../examples/quickstart.yaml', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../../test/fixtures/sample.zwr', import.meta.url));
const READY_MS_MAX = 30_000;

/** Where the walk is told: to a person, or as one JSON line a step. */
interface Teller {
  say(text: string): void;
  step(step: Step): void;
  end(ok: boolean): void;
}

const toPerson: Teller = {
  say: (text) => console.log(text),
  step: ({ step, ok, title, where, detail }) =>
    console.log(
      `${ok ? '✓' : '✗'} ${String(step).padStart(2)}  ${title.padEnd(56)} ${where}: ${detail}`,
    ),
  end: (ok) =>
    console.log(
      ok ? '\nAll eleven steps happened. Everything is stopped.' : '\nA step did not happen.',
    ),
};

const toProgram: Teller = {
  say: () => undefined,
  step: (step) => console.log(JSON.stringify(step)),
  end: (ok) => console.log(JSON.stringify({ ok })),
};

/** Runs the whole walk; returns whether all of it happened. */
export async function quickstart(options: { readonly json?: boolean }): Promise<boolean> {
  const teller = options.json === true ? toProgram : toPerson;
  const dataFolder = mkdtempSync(join(tmpdir(), 'ecp-quickstart-'));
  try {
    teller.say('Starting examples/quickstart.yaml: one data server, two app servers …');
    await withTopology(dataFolder, (topology) => prepare(topology, teller));
    teller.say(
      '\nStarted again: every cache is empty, ^A ^B ^C are on disk. The way of a block:\n',
    );
    const ok = await withTopology(dataFolder, (topology) => walk(topology, teller));
    teller.end(ok);
    return ok;
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function withTopology<T>(
  dataFolder: string,
  use: (topology: LocalTopology) => Promise<T>,
): Promise<T> {
  const topology = await startLocal({ manifests: [MANIFEST], dataFolder, watchIntervalMs: 0 });
  try {
    if (!(await topology.ready(READY_MS_MAX))) {
      throw new EcpError('NETWORK', `the topology was not ready in ${READY_MS_MAX / 1000} s`);
    }
    return await use(topology);
  } finally {
    await topology.stop();
  }
}

/** Loads real globals through one app server, reads them on the other, and puts ^A, ^B, ^C on disk. */
async function prepare(topology: LocalTopology, teller: Teller): Promise<void> {
  const [first, second] = [await open(topology, 'teller-0'), await open(topology, 'teller-1')];
  const { nodes, seconds } = await importStream(first, createReadStream(SAMPLE), {
    name: 'sample.zwr',
  });
  teller.say(
    `Loaded ${nodes} nodes of real globals through teller-0 in ${seconds.toFixed(2)} s, durable.`,
  );
  await second.sync();
  let read = 0;
  for await (const name of second.globals()) {
    for await (const _ of second.global(name).entries()) read++;
  }
  teller.say(`Read ${read} nodes on teller-1.`);
  if (read !== nodes) throw new EcpError('DAMAGED', `loaded ${nodes} nodes, read ${read}`);
  for (const letter of ['A', 'B', 'C']) await first.global(letter).set([], letter);
  await first.flush();
  await Promise.all([first.close(), second.close()]);
}

async function walk(topology: LocalTopology, teller: Teller): Promise<boolean> {
  const names = { first: 'teller-0', second: 'teller-1', data: 'bank-0' };
  const clients = new Map<string, RemoteDatabase>();
  const logs = new Map<string, LogTail>();
  for (const name of Object.values(names)) {
    clients.set(name, await open(topology, name));
    logs.set(name, new LogTail(instanceOf(topology, name).logFile));
  }
  const client = (name: string): RemoteDatabase => {
    const found = clients.get(name);
    if (found === undefined) throw new Error(`no client for ${name}`);
    return found;
  };
  const stage: Stage = {
    servers: names,
    get: (server, global) => client(server).global(global).get(),
    set: async (server, global, value) => {
      await client(server).global(global).set([], value);
      await client(server).flush();
    },
    checkpoint: async () => {
      const { admin } = instanceOf(topology, names.data);
      const token = readFileSync(admin.tokenFile, 'utf8').trim();
      await callAdmin(admin, token, 'Checkpoint', new Uint8Array(0));
    },
    newLines: (server) => logs.get(server)?.read() ?? [],
    pause: async (ms) => {
      await sleep(ms);
    },
  };
  const ok = await takeElevenSteps(stage, (step) => teller.step(step));
  teller.say(`
Run it yourself:
  npx ecp up -f examples/quickstart.yaml    the same topology, until Ctrl-C
  npx ecp status                            both sides of every connection, ports, where the metrics are
  npx ecp shell --at teller-0               SET ^A(1)="x"  WRITE ^A(1)  ZWRITE ^A`);
  await Promise.all([...clients.values()].map((database) => database.close()));
  return ok;
}

function instanceOf(topology: LocalTopology, name: string): LocalInstance {
  const found = topology.state.instances.find((instance) => instance.name === name);
  if (found === undefined) throw new Error(`the topology has no instance ${name}`);
  return found;
}

async function open(topology: LocalTopology, name: string): Promise<RemoteDatabase> {
  const { client } = instanceOf(topology, name);
  return connect(`${client.host}:${client.port}`, { namespace: 'USER' });
}

/** A log file's new lines, each time it is read. */
class LogTail {
  readonly #file: string;
  #offset: number;

  constructor(file: string) {
    this.#file = file;
    this.#offset = 0;
  }

  read(): LogLine[] {
    const text = readFileSync(this.#file, 'utf8');
    const end = text.lastIndexOf('\n') + 1;
    const lines = text
      .slice(this.#offset, end)
      .split('\n')
      .filter((line) => line.startsWith('{'));
    this.#offset = end;
    return lines.map((line) => JSON.parse(line) as LogLine);
  }
}
