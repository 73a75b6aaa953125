/**
 * A tap of a data server's lock table: who holds what, as it changes. What a call lets go of is recorded before what it
 * grants: within one call nobody sees the order.
 */
import type { LockService, PendingLock } from '../../../server/ecp/data-server/lock-service.ts';
import type { EventOf } from './history-schema.ts';
import { pathOf } from './key-space.ts';
import type { DataServerNode, World } from './nodes.ts';

type Entry = Omit<EventOf<'holds'>, 'k' | 'ds'>;

/** Methods of the service after which somebody may hold something else. */
const CALLS = [
  'open',
  'lock',
  'claim',
  'dropPending',
  'unlock',
  'unlockAll',
  'remove',
  'durable',
] as const;

export function tapLocks(service: LockService, node: DataServerNode, world: World): void {
  const { history } = world;
  let before = new Map<string, Entry>();
  const compare = (): void => {
    const now = entriesOf(service, world);
    const changed: Entry[] = [];
    for (const [id, entry] of before)
      if (!now.has(id)) changed.push({ ...entry, exclusive: 0, shared: 0 });
    for (const [id, entry] of now) {
      const old = before.get(id);
      if (old?.exclusive !== entry.exclusive || old.shared !== entry.shared) changed.push(entry);
    }
    before = now;
    for (const entry of changed) history.add({ k: 'holds', ds: node.name, ...entry });
  };
  // Methods of one service, each with its own parameters.
  const methods = service as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const name of CALLS) {
    const call = methods[name]?.bind(service);
    if (call === undefined) throw new Error(`locks have no ${name}`);
    methods[name] = (...args) => {
      const result = call(...args);
      compare();
      if (name !== 'lock') return result;
      const pending = result as PendingLock;
      return {
        cancel: () => {
          pending.cancel();
          compare();
        },
      };
    };
  }
  const removeClient = service.removeClient.bind(service);
  service.removeClient = (client) => {
    history.add({ k: 'gaveUp', ds: node.name, client });
    removeClient(client);
    compare();
  };
}

function entriesOf(service: LockService, world: World): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const client of ['', ...world.appServerNames]) {
    for (const owner of service.table.ownersOf(client)) {
      const p = world.jobNames.get(owner.job) ?? `${client} job ${owner.job}`;
      for (const hold of owner.holds) {
        const name = pathOf(nameKey(hold.node.steps()));
        const { exclusive, shared } = hold;
        entries.set(`${p} ${name}`, { client, p, name, exclusive, shared });
      }
    }
  }
  return entries;
}

/** The encoded reference that steps lead to; the first is the database. */
function nameKey(steps: readonly string[]): Uint8Array {
  return Uint8Array.from(steps.slice(1).join(''), (char) => char.charCodeAt(0));
}
