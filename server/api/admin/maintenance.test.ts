/** Integrity checks and compactions of an instance in use. F-D5 */
import { expect, it } from '@jest/globals';
import { World } from '../../../test/support/world.ts';
import { silentLog } from '../../ports/log.ts';
import { ecp } from '../generated/admin.js';
import { Maintenance } from './maintenance.ts';

const { CheckIntegrityProgress, CheckIntegrityRequest, CompactProgress, CompactRequest } =
  ecp.admin.v1;

it('F-D5: a check and a compaction go on beside changes, one at a time, and end with their caller', async () => {
  const world = new World();
  const s = world.dataServer('S', { databases: [{ name: 'ACCOUNTS' }] });
  const job = s.job();
  for (let i = 0; i < 300; i++) void job.global('x').set([i], 'v'.repeat(200));
  const maintenance = new Maintenance(s.instance, silentLog);
  const sent: Uint8Array[] = [];
  const send = (message: Uint8Array): boolean => sent.push(message) > 0;
  const { signal } = new AbortController();
  const all = CheckIntegrityRequest.encode({}).finish();
  const check = maintenance.check(all, send, signal);
  await expect(maintenance.check(all, send, signal)).rejects.toThrow('<RESOURCE>');
  await world.time.pass(100);
  await check;
  const { report } = CheckIntegrityProgress.decode(sent.at(-1)!);
  expect(report).toMatchObject({ errors: 0, warnings: 0, findings: [] });
  const request = CompactRequest.encode({ database: 'ACCOUNTS' }).finish();
  const compaction = maintenance.compact(request, send, signal);
  await world.time.pass(100);
  await compaction;
  expect(CompactProgress.decode(sent.at(-1)!)).toMatchObject({ done: true });
  expect(await job.global('x').get([299])).toBe('v'.repeat(200));
  // In a gap of the journal a check does without the checkpoint, which would wait for its end (A.2.5).
  s.reconfigure({ journal: { freezeOnError: false } });
  s.journal.fault = (operation) => {
    if (operation !== 'remove') throw new Error('failing disk');
  };
  void job.global('x').set([1], 'in the gap');
  s.instance.engine.requestSync();
  const inGap = maintenance.check(all, send, signal);
  await world.time.pass(100);
  await inGap;
  expect(CheckIntegrityProgress.decode(sent.at(-1)!).report).toMatchObject({ errors: 0 });
  const none = CompactRequest.encode({ database: 'NONE' }).finish();
  await expect(maintenance.compact(none, send, signal)).rejects.toThrow('<DATABASE>');
});
