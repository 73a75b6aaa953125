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
import { parseArgs } from 'node:util';
import { connect } from '../../client/index.ts';
import type { RemoteDatabase } from '../../client/index.ts';
import type { LocalInstance } from '../../operator/local/state-file.ts';
import { startLocal, type LocalTopology } from '../../operator/local/local-topology.ts';
import { callAdmin } from '../../server/adapters/grpc-admin-service.ts';
import { messageOf } from '../../server/base/errors.ts';
import { importZwr } from '../../server/cli/import.ts';
import { takeElevenSteps, type LogLine, type Stage, type Step } from './eleven-steps.ts';

const MANIFEST = fileURLToPath(new URL('../quickstart.yaml', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../test/fixtures/sample.zwr', import.meta.url));
const READY_MS_MAX = 30_000;

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

function say(text: string): void {
  if (!options.json) console.log(text);
}

function reportStep(step: Step): void {
  if (options.json) console.log(JSON.stringify(step));
  else {
    const mark = step.ok ? '✓' : '✗';
    console.log(
      `${mark} ${String(step.step).padStart(2)}  ${step.title.padEnd(64)} ${step.where}: ${step.detail}`,
    );
  }
}

async function main(): Promise<boolean> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'ecp-quickstart-'));
  try {
    say(`Starting ${MANIFEST.split('/').slice(-2).join('/')}: one data server, two app servers …`);
    await withTopology(dataFolder, prepare);
    say(
      '\nStarted again, so that every cache is empty and ^A, ^B, ^C are on disk. The way of a block:\n',
    );
    const ok = await withTopology(dataFolder, walk);
    if (options.json) console.log(JSON.stringify({ ok }));
    else say(ok ? '\nAll eleven steps happened. Stopped cleanly.' : '\nA step did not happen.');
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
    if (!(await topology.ready(READY_MS_MAX)))
      throw new Error(`not ready in time; logs: ${dataFolder}/*/log`);
    return await use(topology);
  } finally {
    await topology.stop();
  }
}

/** Loads real globals through one app server, reads them on the other, and puts ^A, ^B, ^C on disk. */
async function prepare(topology: LocalTopology): Promise<void> {
  const [first, second] = [await open(topology, 'teller-0'), await open(topology, 'teller-1')];
  const { nodes, seconds } = await importZwr(first, createReadStream(SAMPLE), {
    name: 'sample.zwr',
  });
  say(
    `Loaded ${nodes} nodes of real globals through teller-0 in ${seconds.toFixed(2)} s, durable.`,
  );
  await second.sync();
  let read = 0;
  for await (const name of second.globals()) {
    for await (const _ of second.global(name).entries()) read++;
  }
  say(`Read ${read} nodes on teller-1.`);
  if (read !== nodes) throw new Error(`loaded ${nodes} nodes, read ${read}`);
  for (const letter of ['A', 'B', 'C']) await first.global(letter).set([], letter);
  await first.flush();
  await Promise.all([first.close(), second.close()]);
}

async function walk(topology: LocalTopology): Promise<boolean> {
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
  const ok = await takeElevenSteps(stage, reportStep);
  const teller = instanceOf(topology, names.first);
  say(`
Run it yourself:
  npx ecp up -f examples/quickstart.yaml            the same topology, until Ctrl-C
  npx ecp status                                    both sides of every connection
  npx ecp shell --at teller-0                       SET ^A(1)="x"  WRITE ^A(1)  ZWRITE ^A
  curl -s http://${teller.metrics.host}:${teller.metrics.port}/metrics | grep ecp_   (its port is shown by ecp status)`);
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

main().then(
  (ok) => {
    process.exitCode = ok ? 0 : 1;
  },
  (error: unknown) => {
    console.error(messageOf(error));
    if (options.json) console.log(JSON.stringify({ ok: false, error: messageOf(error) }));
    process.exitCode = 1;
  },
);
