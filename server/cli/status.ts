/** `ecp status`: every instance of the running topology, its connections on both sides, its databases. */
import { callAdmin } from '../adapters/grpc-admin-service.ts';
import { ecp } from '../api/generated/admin.js';
import { messageOf } from '../base/errors.ts';
import { byteText } from './byte-text.ts';
import { adminTarget, runningTopology } from './target.ts';
import type { LocalInstance } from '../../operator/local/state-file.ts';

type StatusReply = ecp.admin.v1.StatusReply;

export interface InstanceReport {
  readonly instance: LocalInstance;
  readonly status: StatusReply | undefined;
  /** Why there is no status. */
  readonly problem: string | undefined;
}

/** Asks all instances at once. */
export async function collectStatus(folder?: string): Promise<InstanceReport[]> {
  const { instances } = runningTopology(folder);
  return Promise.all(
    instances.map(async (instance): Promise<InstanceReport> => {
      try {
        const target = adminTarget(instance);
        const bytes = await callAdmin(target, target.token, 'Status', new Uint8Array(0));
        return { instance, status: ecp.admin.v1.StatusReply.decode(bytes), problem: undefined };
      } catch (error) {
        return { instance, status: undefined, problem: messageOf(error) };
      }
    }),
  );
}

/** As a person reads it. */
export function formatStatus(reports: readonly InstanceReport[]): string {
  return reports.map(formatInstance).join('\n');
}

function formatInstance({ instance, status, problem }: InstanceReport): string {
  const head = `${instance.name}  ${instance.state}  pid ${instance.pid ?? '-'}  restarts ${instance.restarts}`;
  const places = `  ecp ${instance.ecp.port}  client ${instance.client.port}  admin ${instance.admin.port}  metrics http://${instance.metrics.host}:${instance.metrics.port}/metrics`;
  if (status === undefined) return [head, places, `  no answer: ${problem ?? ''}`, ''].join('\n');
  const lines = [head, places];
  if (status.frozen !== '') lines.push(`  FROZEN: ${status.frozen}`);
  const gap = status.journal?.gap ?? '';
  if (gap !== '') lines.push(`  NOT DURABLE: the journal has a gap: ${gap}`);
  lines.push(...formatConfiguration(status));
  const service = status.ecpServiceEnabled ? 'enabled' : 'disabled';
  if (status.ecpServiceEnabled || status.appServers.length > 0) {
    lines.push(
      `  as a data server: service ${service}, ${status.appServers.length}/${status.appServersMax} app servers`,
    );
    for (const peer of status.appServers) {
      lines.push(
        `    ${peer.name ?? ''}  ${peer.state ?? ''}  ${seconds(peer.inStateMs)}  ${peer.address ?? ''}  entry ${peer.entry ?? ''}`,
      );
    }
  }
  if (status.dataServers.length > 0) lines.push('  as an application server:');
  for (const peer of status.dataServers) {
    const failure = peer.failure === '' ? '' : `  (${peer.failure ?? ''})`;
    lines.push(
      `    ${peer.name ?? ''}  ${peer.state ?? ''}  ${seconds(peer.inStateMs)}  ${peer.host ?? ''}:${peer.port ?? 0}${failure}`,
    );
  }
  lines.push('  databases:');
  for (const database of status.databases) {
    const where = database.dataServer === '' ? 'local' : `on ${database.dataServer ?? ''}`;
    const state = database.state ?? '';
    const unknownSize = database.dataServer === '' ? [] : ['not used yet'];
    const kinds = [
      where,
      ...(database.blockSize ? [`${database.blockSize / 1024} KB blocks`] : unknownSize),
      ...(database.readOnly === true ? ['read-only'] : []),
      ...(database.journaled === true ? [] : ['not journaled']),
      ...formatSize(database),
      ...formatEncryption(database.encryption),
      ...(state === '' || state === 'Mounted'
        ? []
        : [state === 'Dismounted' ? 'dismounted' : state]),
    ];
    lines.push(
      `    ${database.name ?? ''}  ${kinds.join(', ')}, ${Number(database.blocksInMemory)} blocks in memory`,
    );
  }
  lines.push(...formatJournal(status));
  return [...lines, ''].join('\n');
}

/** An older instance says nothing of it, nor does one that is dismounted. */
function formatSize({ usedBytes, maxBytes }: ecp.admin.v1.Database.$Properties): string[] {
  if ((usedBytes ?? 0) === 0) return [];
  const bound = (maxBytes ?? 0) === 0 ? '' : ` of ${byteText(maxBytes ?? 0)}`;
  return [`${byteText(usedBytes ?? 0)}${bound} used`];
}

function formatEncryption(
  encryption: ecp.admin.v1.Encryption.$Properties | null | undefined,
): string[] {
  if (encryption === null || encryption === undefined) return [];
  const { key, fingerprint, progress, keysInUse, problem } = encryption;
  const name = key === undefined || key === null || key === '' ? (fingerprint ?? '') : key;
  const part = (progress ?? 0) < 1 ? ` (${Math.floor((progress ?? 0) * 100)} %)` : '';
  const others = (keysInUse ?? []).filter((other) => other !== fingerprint);
  return [
    ...(name === '' ? [] : [`encrypted with ${name}${part}`]),
    ...(others.length === 0 ? [] : [`needs key ${others.join(', ')} as well`]),
    ...((problem ?? '') === '' ? [] : [problem ?? '']),
  ];
}

function formatJournal({ journal }: StatusReply): string[] {
  // An older instance says nothing of it.
  if (journal === null || journal === undefined) return [];
  const { retainedBytes, segments, pinnedBytes, openTransactions, encryption } = journal;
  const open = openTransactions ?? 0;
  const pinned = open === 0 ? '' : `, ${mebibytes(pinnedBytes)} for ${open} open transactions`;
  const size = `${mebibytes(retainedBytes)} in ${segments ?? 0} segments${pinned}`;
  return [`  journal: ${[size, ...formatEncryption(encryption)].join(', ')}`];
}

function mebibytes(bytes: number | null | undefined): string {
  return `${Math.ceil((bytes ?? 0) / (1024 * 1024))} MiB`;
}

function formatConfiguration(status: StatusReply): string[] {
  const { configurationRevision: revision, needsRestart, refusedConfiguration: refused } = status;
  return [
    ...(status.draining ? ['  draining: takes no new clients'] : []),
    ...(revision > 0 ? [`  configuration: revision ${revision}`] : []),
    ...(needsRestart.length > 0 ? [`  at the next start: ${needsRestart.join(', ')}`] : []),
    ...(refused === '' ? [] : [`  refused: ${refused.replaceAll('\n', '\n    ')}`]),
    `  clients: ${status.clientSessions}`,
  ];
}

function seconds(ms: number | null | undefined): string {
  return `${Math.floor((ms ?? 0) / 1000)} s`;
}
