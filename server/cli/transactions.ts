/** `ecp transactions`: what is open on the instances of the running topology, and rolling one back. */
import { callAdmin } from '../adapters/grpc-admin-service.ts';
import { ecp } from '../api/generated/admin.js';
import { EcpError, messageOf } from '../base/errors.ts';
import { byteText } from './byte-text.ts';
import { adminTarget, runningTopology, targetInstance, type TargetOptions } from './target.ts';
import type { LocalInstance } from '../../operator/local/state-file.ts';

const { ListTransactionsReply, RollBackTransactionRequest } = ecp.admin.v1;
type Transaction = ecp.admin.v1.Transaction.$Properties;

export interface InstanceTransactions {
  readonly instance: string;
  readonly transactions: readonly Transaction[];
  /** Why the instance did not say. */
  readonly problem: string | undefined;
}

/** Of one instance, or of all. */
export async function listTransactions(options: TargetOptions): Promise<InstanceTransactions[]> {
  const instances =
    options.at === undefined ? runningTopology(options.data).instances : [targetInstance(options)];
  return Promise.all(
    instances.map(async (instance) => {
      const { name } = instance;
      try {
        const transactions = await transactionsOf(instance);
        return { instance: name, transactions, problem: undefined };
      } catch (error) {
        return { instance: name, transactions: [], problem: messageOf(error) };
      }
    }),
  );
}

async function transactionsOf(instance: LocalInstance): Promise<readonly Transaction[]> {
  const target = adminTarget(instance);
  const reply = await callAdmin(target, target.token, 'ListTransactions', new Uint8Array(0));
  return ListTransactionsReply.decode(reply).transactions;
}

/** As a person reads it. */
export function formatTransactions(reports: readonly InstanceTransactions[]): string {
  return reports
    .flatMap(({ instance, transactions, problem }) => {
      if (problem !== undefined) return [`${instance}  no answer: ${problem}`];
      if (transactions.length === 0) return [`${instance}  none`];
      return transactions.map((one) => `${instance}  ${formatTransaction(one)}`);
    })
    .join('\n');
}

function formatTransaction(transaction: Transaction): string {
  const { number, ageMs, job, appServer, level, databases, firstPosition, pinnedBytes, waitsFor } =
    transaction;
  const where = (appServer ?? '') === '' ? 'local' : `of ${appServer ?? ''}`;
  return [
    `transaction ${number ?? 0}`,
    `${Math.floor((ageMs ?? 0) / 1000)} s`,
    `job ${job ?? 0} ${where}`,
    `level ${level ?? 0}`,
    (databases ?? []).join(' '),
    `from ${firstPosition ?? 0} (${byteText(pinnedBytes ?? 0)})`,
    ...((waitsFor ?? '') === '' ? [] : [`waits for ${waitsFor ?? ''}`]),
  ].join('  ');
}

/**
 * Rolls one back, on the instance of that name, or on the only one that has a transaction of this number. Returns the
 * instance's name.
 */
export async function rollBackTransaction(number: number, options: TargetOptions): Promise<string> {
  const instance = await whose(number, options);
  const target = adminTarget(instance);
  const request = RollBackTransactionRequest.encode({ number }).finish();
  await callAdmin(target, target.token, 'RollBackTransaction', request);
  return instance.name;
}

async function whose(number: number, options: TargetOptions): Promise<LocalInstance> {
  if (options.at !== undefined) return targetInstance(options);
  const names = (await listTransactions(options))
    .filter(({ transactions }) => transactions.some((one) => one.number === number))
    .map(({ instance }) => instance);
  const [name, ...others] = names;
  if (name === undefined) {
    throw new EcpError('UNDEFINED', `no instance has an open transaction ${number}`);
  }
  if (others.length > 0) {
    const problem = `${names.join(', ')} have a transaction ${number} each: say which with --at`;
    throw new EcpError('CONFIGURATION', problem);
  }
  return targetInstance({ ...options, at: name });
}
