/**
 * `ecp integrity`: of a running instance, by the admin API, or of a data folder that no instance uses, from its files
 * alone. The folder is only read.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../adapters/folder-lock.ts';
import { callAdminStream } from '../adapters/grpc-admin-service.ts';
import { JournalFolders } from '../adapters/journal-folder.ts';
import type { KeyFiles } from '../adapters/key-files.ts';
import { LmdbPageStore } from '../adapters/lmdb-page-store.ts';
import { SystemRandom } from '../adapters/system-random.ts';
import { type IntegrityReport, integrityReport } from '../api/admin/integrity-report.ts';
import { ecp } from '../api/generated/admin.js';
import { bareMessage, EcpError, messageOf } from '../base/errors.ts';
import { ENCRYPTED_INDEX_CACHE_BYTES, MAINTENANCE_SLICE_BYTES } from '../base/limits.ts';
import type { PageStore } from '../ports/page-store.ts';
import { NodeCache } from '../storage/encryption/node-cache.ts';
import { openWithRing } from '../storage/encryption/open-page-store.ts';
import { CANNOT_OPEN } from '../storage/integrity/database-check.ts';
import { type DatabaseToCheck, IntegrityCheck } from '../storage/integrity/integrity-check.ts';
import { byteText } from './byte-text.ts';
import { readKeyFiles } from './key-files.ts';
import { progressLine } from './progress.ts';
import { adminTarget, targetInstance, type TargetOptions } from './target.ts';

const { CheckIntegrityProgress, CheckIntegrityRequest } = ecp.admin.v1;

export interface IntegrityOptions {
  readonly directory?: string;
  readonly journal?: string;
  readonly keyFile?: readonly string[];
  readonly database?: string;
}

/** Of a running instance. */
export async function checkRunning(
  options: TargetOptions & { readonly database?: string },
): Promise<IntegrityReport> {
  const target = adminTarget(targetInstance(options));
  const request = CheckIntegrityRequest.encode({ database: options.database ?? '' }).finish();
  const progress = progressLine(process.stderr);
  let report: IntegrityReport | null | undefined;
  try {
    await callAdminStream(target, target.token, 'CheckIntegrity', request, (bytes) => {
      const message = CheckIntegrityProgress.decode(bytes);
      report = message.report;
      progress.show('checking', message.bytes / Math.max(1, message.totalBytes));
    });
  } finally {
    progress.clear();
  }
  if (!report) throw new EcpError('NETWORK', 'the instance did not say what it found');
  return report;
}

/** Of a data folder. EcpError DATABASE where it is none, or somebody uses it. What cannot be opened is a finding. */
export async function checkFolder(
  directory: string,
  options: IntegrityOptions,
): Promise<IntegrityReport> {
  const folder = join(directory, 'databases');
  if (!existsSync(folder)) throw new EcpError('DATABASE', `${directory} is no data folder`);
  const lock = lockFolder(directory);
  const keys = readKeyFiles(options.keyFile);
  const stores = new Map<string, PageStore>();
  const refused: Refused[] = [];
  try {
    for (const name of readdirSync(folder).sort()) {
      if (options.database !== undefined && options.database !== name) continue;
      const opened = openStore(name, join(folder, name), keys);
      if ('problem' in opened) refused.push(opened);
      else stores.set(name, opened);
    }
    if (options.database !== undefined && stores.size + refused.length === 0)
      throw new EcpError('DATABASE', `there is no database ${options.database}`);
    return runCheck(options, directory, keys, stores, refused);
  } finally {
    for (const store of stores.values()) await store.close();
    lock.release();
  }
}

/** Of what cannot be opened: where, and why. */
interface Refused {
  readonly place: string;
  readonly problem: string;
}

function openStore(name: string, folder: string, keys: KeyFiles): PageStore | Refused {
  let raw: LmdbPageStore | undefined;
  try {
    raw = new LmdbPageStore(folder);
    const cache = new NodeCache(ENCRYPTED_INDEX_CACHE_BYTES);
    return openWithRing(raw, { ring: keys, random: new SystemRandom(), cache });
  } catch (error) {
    void raw?.close();
    const part = raw === undefined ? 'file' : 'header';
    return { place: `${name}, ${part}`, problem: bareMessage(messageOf(error)) };
  }
}

function runCheck(
  options: IntegrityOptions,
  directory: string,
  keys: KeyFiles,
  stores: ReadonlyMap<string, PageStore>,
  refused: readonly Refused[],
): IntegrityReport {
  const journalFolder = options.journal ?? join(directory, 'journal');
  const isWhole = options.database === undefined && existsSync(journalFolder);
  const source = isWhole ? new JournalFolders([journalFolder], keys) : undefined;
  const databases = [...stores].map(([name, store]): DatabaseToCheck => ({
    name,
    overheadBytes: store.overheadBytes,
    open: () => store.snapshot(),
  }));
  const check = new IntegrityCheck({
    journal: source && { source, durable: 0, isLive: false },
    databases,
  });
  for (const { place, problem } of refused) check.findings.error(place, problem, CANNOT_OPEN);
  const totalBytes = [...stores.values()].reduce((sum, store) => sum + store.usage().usedBytes, 0);
  const progress = progressLine(process.stderr);
  while (!check.advance(MAINTENANCE_SLICE_BYTES))
    progress.show('checking', check.bytes / Math.max(1, totalBytes));
  progress.clear();
  return integrityReport(check);
}

/** As a person reads it. */
export function formatIntegrity(report: IntegrityReport): string {
  const { findings = [], errors = 0, warnings = 0, databases = [], journal } = report;
  const lines = (findings ?? []).flatMap(({ severity, place, problem, consequence }) => [
    `${severity ?? ''}  ${place ?? ''}: ${problem ?? ''}`,
    `       ${consequence ?? ''}`,
  ]);
  const unlisted = (errors ?? 0) + (warnings ?? 0) - (findings ?? []).length;
  if (unlisted > 0) lines.push(`and ${unlisted} more`);
  for (const database of databases ?? []) {
    const { name, blocks, nodes, blockBytes, capacityBytes, longValues, longBytes } = database;
    const fill = Math.round((100 * (blockBytes ?? 0)) / Math.max(1, capacityBytes ?? 0));
    const long = longValues ? `, ${longValues} long values (${byteText(longBytes ?? 0)})` : '';
    lines.push(`${name ?? ''}  ${nodes ?? 0} nodes in ${blocks ?? 0} blocks, ${fill}% full${long}`);
  }
  if (journal)
    lines.push(`journal  ${journal.records ?? 0} records in ${journal.segments ?? 0} segments`);
  lines.push(`${errors ?? 0} errors, ${warnings ?? 0} warnings`);
  return lines.join('\n');
}
