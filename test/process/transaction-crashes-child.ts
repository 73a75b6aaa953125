/**
 * The child of transaction-crashes.test.ts: an engine on real files, with jobs in transactions, that kills itself at its
 * n-th write or sync, those of its recovery included. What it recovered, did and was told to be durable it notes in a
 * file before it goes on, for its parent to judge.
 *
 * Arguments: directory, file for the notes, n (0: never), seed, steps.
 */
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SystemClock } from '../../server/adapters/system-clock.ts';
import { SystemRandom } from '../../server/adapters/system-random.ts';
import { textOf } from '../../server/base/bytes.ts';
import { silentLog } from '../../server/ports/log.ts';
import { LOCAL, StorageEngine } from '../../server/storage/engine.ts';
import { MemoryPageStore } from '../../server/storage/testing/memory-disk.ts';
import { Rollback } from '../../server/transactions/rollback.ts';
import {
  History,
  type HistoryEvent,
  keyText,
  type State,
} from '../../server/transactions/testing/mixed-history.ts';
import { MIXED_DATABASES } from '../../server/transactions/testing/mixed-machine.ts';
import { MixedWorkload } from '../../server/transactions/testing/mixed-workload.ts';
import { Countdown, DeadlyJournal, DeadlyStore } from './deadly-disks.ts';

const [directory = '', file = '', killAt = '0', seed = '0', steps = '0'] = process.argv.slice(2);
const countdown = new Countdown(Number(killAt));
const notes = openSync(file, 'a');

function note(line: object): void {
  writeSync(notes, `${JSON.stringify(line)}\n`);
}

class NotedHistory extends History {
  override add(event: HistoryEvent): void {
    super.add(event);
    note({ event });
  }
}

function open(): StorageEngine {
  return StorageEngine.open(
    {
      journal: new DeadlyJournal(join(directory, 'journal'), countdown),
      clock: new SystemClock(),
      random: new SystemRandom(),
      log: silentLog,
    },
    {
      segmentBytes: 30_000,
      databases: MIXED_DATABASES.map((database) => ({
        ...database,
        blockSize: 16 * database.blockSize,
        store:
          database.isTemporary === true
            ? new MemoryPageStore()
            : new DeadlyStore(join(directory, database.name), countdown),
      })),
    },
  );
}

function contents(engine: StorageEngine): State {
  const state: State = new Map();
  for (const database of engine.databases) {
    const nodes = new Map<string, string>();
    for (const block of database.blocks())
      for (let i = 0; i < block.count; i++) {
        const key = block.keyAt(i);
        nodes.set(keyText(key), textOf(database.get(key) ?? new Uint8Array(0)));
      }
    state.set(database.name, nodes);
  }
  return state;
}

const engine = open();
for (const transaction of [...engine.transactions.open.values()])
  new Rollback(engine.transactions, transaction, 0, LOCAL).step(Infinity);
const state = contents(engine);
note({ start: [...state].map(([name, nodes]) => [name, [...nodes]]) });
const history = new NotedHistory([], state);
const machine = { clock: { advance: () => undefined }, defer: () => undefined };
const options = { seed: Number(seed), steps: 0, jobs: 3, isDeferred: false, hasHuge: true };
engine.onDurable((durable) => {
  note({ durable });
});
const workload = new MixedWorkload(machine, engine, history, options);
for (let i = 0; i < Number(steps); i++) {
  workload.step();
  // Syncs and commits complete in between.
  if (i % 4 === 0) await nextTurn();
}
await engine.close();
note({ writes: countdown.writes });
