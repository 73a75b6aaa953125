/** `ecp backup` and `ecp backups`: hot backups of an instance, made by itself in its own folder. */
import { callAdmin, callAdminStream } from '../adapters/grpc-admin-service.ts';
import { ecp } from '../api/generated/admin.js';
import { EcpError } from '../base/errors.ts';
import { byteText } from './byte-text.ts';
import { progressLine } from './progress.ts';
import { adminTarget, targetInstance, type TargetOptions } from './target.ts';

const { ListBackupsReply, MakeBackupProgress, MakeBackupRequest } = ecp.admin.v1;
type Backup = ecp.admin.v1.Backup.$Properties;

/** Makes one; Ctrl-C gives it up. */
export async function makeBackup(
  options: TargetOptions & { readonly name?: string },
): Promise<Backup> {
  const target = adminTarget(targetInstance(options));
  const request = MakeBackupRequest.encode({ name: options.name ?? '' }).finish();
  const progress = progressLine(process.stderr);
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  let made: Backup | null | undefined;
  try {
    await callAdminStream(
      target,
      target.token,
      'MakeBackup',
      request,
      (bytes) => {
        const message = MakeBackupProgress.decode(bytes);
        made = message.made;
        if (!made) progress.show(message.what, message.bytes / Math.max(1, message.totalBytes));
      },
      interrupted.signal,
    );
  } finally {
    progress.clear();
    process.off('SIGINT', interrupt);
  }
  if (!made) throw new EcpError('NETWORK', 'the instance did not say what it made');
  return made;
}

export async function listBackups(options: TargetOptions): Promise<{
  readonly folder: string;
  readonly backups: readonly Backup[];
}> {
  const target = adminTarget(targetInstance(options));
  const reply = await callAdmin(target, target.token, 'ListBackups', new Uint8Array(0));
  const { folder, backups } = ListBackupsReply.decode(reply);
  return { folder, backups };
}

/** One line. */
export function formatBackup({ name, problem, ...backup }: Backup): string {
  const { endedMs, bytes, from, position, databases, instance } = backup;
  if (problem) return `${name ?? ''}  cannot be used: ${problem}`;
  const when = new Date(endedMs ?? 0).toISOString();
  const to = String(position ?? 0);
  const positions = from === position ? `position ${to}` : `positions ${from ?? 0} to ${to}`;
  const parts = [
    when,
    byteText(bytes ?? 0),
    positions,
    databases?.join(' '),
    `of ${instance ?? ''}`,
  ];
  return [name, ...parts].join('  ');
}
