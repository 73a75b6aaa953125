/**
 * The quickstart's walk of a block, in one process: all eleven steps happen; and with an effect taken away, the
 * step that it belongs to fails. F-E2
 */
import { describe, expect, test } from '@jest/globals';
import {
  takeElevenSteps,
  type LogLine,
  type Step,
} from '../../server/cli/quickstart/eleven-steps.ts';
import { ByteWriter } from '../../server/base/bytes.ts';
import { PromMetrics } from '../../server/adapters/prom-metrics.ts';
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { SystemRandom } from '../../server/adapters/system-random.ts';
import { beginReplyFrame, ReplyFrameReader, writeReply } from '../../server/ecp/wire/frame.ts';
import type { Reply } from '../../server/ecp/wire/frame.ts';
import { decodeChannelMessage, encodeChannelMessage } from '../../server/ecp/wire/handshake.ts';
import { parseConfiguration } from '../../server/instance/configuration.ts';
import { Instance } from '../../server/instance/instance.ts';
import type { Log } from '../../server/ports/log.ts';
import type { Transport } from '../../server/ports/transport.ts';
import { MemoryJournalDisk, MemoryPageStore } from '../../server/storage/testing/memory-disk.ts';
import { Loopback } from '../support/loopback.ts';

/** What is taken away. */
interface Without {
  /** Replies of this kind never arrive. */
  readonly reply?: Reply['kind'];
  /** The write daemon does not write. */
  readonly checkpoint?: boolean;
  /** Caches are warm before the walk. */
  readonly warm?: 'app' | 'data';
}

class CapturingLog implements Log {
  lines: LogLine[] = [];
  debug(msg: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.lines.push({ msg, ...fields });
  }
  info(): void {}
  warn(): void {}
  error(): void {}
  child(): Log {
    return this;
  }
}

/** A transport whose frames lose every reply of one kind. */
function losing(kind: Reply['kind'] | undefined, transport: Transport): Transport {
  if (kind === undefined) return transport;
  return {
    dial: (address, events) =>
      transport.dial(address, {
        ...events,
        drained: () => events.drained(),
        closed: (reason) => events.closed(reason),
        message: (bytes) => events.message(without(kind, bytes)),
      }),
  };
}

function without(kind: Reply['kind'], bytes: Uint8Array): Uint8Array {
  const message = decodeChannelMessage(bytes);
  if (message.kind !== 'frame') return bytes;
  const writer = new ByteWriter();
  beginReplyFrame(writer);
  const reader = new ReplyFrameReader(message.frame);
  for (let reply = reader.next(); reply !== undefined; reply = reader.next()) {
    if (reply.kind !== kind) writeReply(writer, reply);
  }
  return encodeChannelMessage({ kind: 'frame', frame: writer.view() });
}

class Machine {
  readonly log = new CapturingLog();
  readonly instance: Instance;

  constructor(
    name: string,
    network: Loopback,
    disks: { readonly journal: MemoryJournalDisk; readonly stores: Map<string, MemoryPageStore> },
    fields: object,
    lost?: Reply['kind'],
  ) {
    this.instance = Instance.open(
      parseConfiguration({ name, dataDirectory: 'unused', ...fields }),
      {
        clock: new SystemClock(),
        log: this.log,
        metrics: new PromMetrics(),
        random: new SystemRandom(),
        resolver: { resolve: (_host, done) => done([]) },
        transport: losing(lost, network.transport('127.0.0.1')),
        journal: disks.journal,
        openStore: (database) => {
          const store = disks.stores.get(database) ?? new MemoryPageStore();
          disks.stores.set(database, store);
          return store;
        },
      },
    );
    network.listen(`${name}:1972`, (channel) => this.instance.dataServer.accept(channel));
  }
}

const DATA = {
  databases: [{ name: 'ACCOUNTS' }],
  ecp: { maxAppServers: 4, incomingPolicy: 'Any' },
  namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
};
const APP = {
  dataServers: [{ name: 'BANK', host: 'bank-0' }],
  remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'ACCOUNTS' }],
  namespaces: [{ name: 'USER', defaultDatabase: 'ACCOUNTS' }],
};

/** Takes the steps; returns those that happened. */
async function walk(
  taken: Without = {},
): Promise<{ readonly ok: boolean; readonly happened: number[] }> {
  const network = new Loopback();
  const disks = () => ({
    journal: new MemoryJournalDisk(),
    stores: new Map<string, MemoryPageStore>(),
  });
  const dataDisks = disks();
  const before = new Machine('bank-0', network, dataDisks, DATA);
  const job = before.instance.openJob('USER');
  for (const letter of ['A', 'B', 'C']) await job.global(letter).set([], letter);
  await before.instance.stop();

  const machines = new Map([
    ['bank-0', new Machine('bank-0', network, dataDisks, DATA)],
    ['teller-0', new Machine('teller-0', network, disks(), APP, taken.reply)],
    ['teller-1', new Machine('teller-1', network, disks(), APP, taken.reply)],
  ]);
  const machine = (name: string): Machine => machines.get(name)!;
  const jobs = new Map(
    [...machines].map(([name, { instance }]) => [name, instance.openJob('USER')]),
  );
  const bounded = (name: string) => jobs.get(name)!.with({ timeoutMs: 500 });
  if (taken.warm !== undefined) {
    await bounded(taken.warm === 'app' ? 'teller-0' : 'bank-0')
      .global('B')
      .get();
  }
  const steps: Step[] = [];
  const ok = await takeElevenSteps(
    {
      servers: { first: 'teller-0', second: 'teller-1', data: 'bank-0' },
      get: async (server, global) => {
        try {
          return await bounded(server).global(global).get();
        } catch {
          return undefined;
        }
      },
      set: async (server, global, value) => {
        await bounded(server).global(global).set([], value);
      },
      checkpoint: () =>
        taken.checkpoint === true
          ? Promise.resolve()
          : new Promise((done) => machine('bank-0').instance.engine.checkpoint(() => done())),
      newLines: (server) => machine(server).log.lines.splice(0),
      // Time is short here: what is not said in a few turns is not said.
      pause: () => new Promise((done) => setTimeout(done, 0)),
    },
    (step) => steps.push(step),
  );
  for (const name of ['teller-0', 'teller-1', 'bank-0']) await machine(name).instance.stop();
  return { ok, happened: steps.filter((step) => step.ok).map((step) => step.step) };
}

const ALL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const allBut = (...steps: number[]): number[] => ALL.filter((step) => !steps.includes(step));

describe('the eleven steps (F-E2)', () => {
  test('all happen, each said by the server that had the effect', async () => {
    expect(await walk()).toEqual({ ok: true, happened: ALL });
  });

  test('with the block cached already, nothing is asked for: steps 2 to 7 fail', async () => {
    expect(await walk({ warm: 'app' })).toEqual({ ok: false, happened: allBut(2, 3, 4, 5, 6, 7) });
  });

  test('with the block in the data server’s pool already, steps 4 to 6 fail', async () => {
    expect(await walk({ warm: 'data' })).toEqual({ ok: false, happened: allBut(4, 5, 6) });
  });

  test('without blocks arriving, the user gets nothing', async () => {
    const { ok, happened } = await walk({ reply: 'block' });
    expect(ok).toBe(false);
    expect(happened).toEqual([2, 3, 4, 5, 6, 10]);
  });

  test('without invalidations, steps 9 and 11 fail', async () => {
    expect(await walk({ reply: 'invalidate' })).toEqual({ ok: false, happened: allBut(9, 11) });
  });

  test('without the write daemon, step 10 fails', async () => {
    expect(await walk({ checkpoint: true })).toEqual({ ok: false, happened: allBut(10) });
  });
});
