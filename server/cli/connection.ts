/** `ecp connection`: the administrator's operations on a connection to a data server (guide §3.3, §4.2). */
import { callAdmin } from '../adapters/grpc-admin-service.ts';
import { ecp } from '../api/generated/admin.js';
import { adminTarget, targetInstance, type TargetOptions } from './target.ts';

const { ChangeConnectionRequest } = ecp.admin.v1;
const { Change } = ChangeConnectionRequest;

export const CONNECTION_CHANGES = {
  normal: Change.NORMAL,
  disconnect: Change.NOT_CONNECTED,
  disable: Change.DISABLED,
} as const;

export async function changeConnection(
  dataServer: string,
  change: keyof typeof CONNECTION_CHANGES,
  options: TargetOptions,
): Promise<void> {
  const target = adminTarget(targetInstance(options));
  const request = ChangeConnectionRequest.encode({
    dataServer,
    change: CONNECTION_CHANGES[change],
  }).finish();
  await callAdmin(target, target.token, 'ChangeConnection', request);
}
