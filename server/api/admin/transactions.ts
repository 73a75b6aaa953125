/** What the admin API says of open transactions, and does with one. */
import { EcpError } from '../../base/errors.ts';
import type { Instance } from '../../instance/instance.ts';
import type { OpenTransaction } from '../../storage/transaction-table.ts';
import type { ecp } from '../generated/admin.js';

type Reply = ecp.admin.v1.ListTransactionsReply.$Properties;
type Transaction = ecp.admin.v1.Transaction.$Properties;

export function transactionsOf(instance: Instance): Reply {
  return {
    transactions: instance.transactions.list().map((open) => describe(instance, open)),
    journalPosition: instance.engine.position,
  };
}

function describe(instance: Instance, open: OpenTransaction): Transaction {
  const { engine, clock } = instance;
  const { number, job, level, session, sinceMs, first } = open;
  return {
    number,
    ageMs: Math.max(0, Math.floor(clock.wallMs() - sinceMs)),
    job,
    appServer: engine.sessions.get(session)?.name ?? '',
    level,
    databases: [...open.databases].map((uuid) => engine.nameOf(uuid) ?? uuid),
    firstPosition: first,
    pinnedBytes: Math.max(0, engine.position - first),
    waitsFor: whatFor(instance, open),
  };
}

function whatFor({ transactions, databases, engine }: Instance, open: OpenTransaction): string {
  if (!transactions.isOrphan(open)) return '';
  const here = new Set(databases.inUse().map(({ uuid }) => uuid));
  const away = [...open.databases].filter((uuid) => !here.has(uuid));
  // With all of them here it is rolled back at once, but on a frozen instance.
  if (away.length === 0) return 'the next start: the instance is frozen';
  return `database ${away.map((uuid) => engine.nameOf(uuid) ?? uuid).join(', ')}`;
}

/** EcpError UNDEFINED where none is open of that number, DATABASE where nobody can end it yet, FROZEN. */
export function rollBackTransaction(instance: Instance, number: number): void {
  const open = instance.transactions.list().find((one) => one.number === number);
  if (open === undefined) {
    throw new EcpError('UNDEFINED', `there is no open transaction ${number}`);
  }
  if (instance.transactions.fail(number, 'an administrator has rolled it back')) return;
  const why = whatFor(instance, open);
  const problem = why === '' ? 'its app server has it in hand' : `it waits for ${why}`;
  throw new EcpError('DATABASE', `transaction ${number} cannot be rolled back here: ${problem}`);
}
