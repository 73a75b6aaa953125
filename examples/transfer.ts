/**
 * Money from one account to another, whole or not at all, on the data server that `ecp up` runs:
 *
 *   npx ecp up -f examples/quickstart.yaml     # says at which address bank-0 takes clients
 *   node examples/transfer.ts 127.0.0.1:25403
 *
 *   ^Balance(account)   what is on it
 *   ^Booked(n)          who paid whom, and how much
 *
 * So far one job at a time does this safely: two that read a balance at once need a lock.
 */
import { connect, type Database } from '../client/index.ts';

class NotEnough extends Error {}

async function transfer(db: Database, from: string, to: string, cents: number): Promise<void> {
  await db.transaction(
    async (tx) => {
      const balance = tx.global('Balance');
      const [has, gets] = await Promise.all([balance.get([from]), balance.get([to])]);
      // Not awaited: TCOMMIT takes them all, or is refused.
      void balance.set([to], Number(gets ?? 0) + cents);
      void balance.set([from], Number(has ?? 0) - cents);
      // What is thrown undoes what has been changed since the transaction began.
      if (Number(has ?? 0) < cents) throw new NotEnough(`${from} has ${has ?? 0}`);
      // $INCREMENT is not undone: a number is given to one job only, and may be missing.
      const number = await tx.global('Booked').increment([]);
      void tx.global('Booked').set([number], `${from} ${to} ${cents}`);
    },
    { commit: 'synchronous' }, // durable when it resolves
  );
}

const address = process.argv[2];
if (address === undefined) throw new Error('which data server? host:port of its client API');
await using db = await connect(address, { namespace: 'USER' });
const balance = db.global('Balance');
await balance.set(['Ada'], 100);
await balance.set(['Grace'], 0);

await transfer(db, 'Ada', 'Grace', 70);
console.log(`Ada ${await balance.get(['Ada'])}, Grace ${await balance.get(['Grace'])}`);

try {
  await transfer(db, 'Ada', 'Grace', 70);
} catch (error) {
  if (!(error instanceof NotEnough)) throw error;
  console.log(`refused: ${error.message}`);
}
console.log(`Ada ${await balance.get(['Ada'])}, Grace ${await balance.get(['Grace'])}`);
