/** F-D6: a backup of encrypted disks is encrypted, and restored with their key alone. */
import { expect, it } from '@jest/globals';
import { NodeMasterKey } from '../adapters/node-cipher.ts';
import { textOf, utf8 } from '../base/bytes.ts';
import type { KeyRing } from '../ports/cipher.ts';
import { silentLog } from '../ports/log.ts';
import { NodeCache } from '../storage/encryption/node-cache.ts';
import { openWithRing } from '../storage/encryption/open-page-store.ts';
import { StorageEngine } from '../storage/engine.ts';
import { encryptMachines, Machine } from '../storage/testing/machine.ts';
import { ManualClock, seededRandom } from '../storage/testing/manual-clock.ts';
import { MemoryBackup, restored } from '../storage/testing/memory-backup.ts';

const key = new NodeMasterKey('key', new Uint8Array(32).fill(7));
const ringOf = (...keys: NodeMasterKey[]): KeyRing => ({
  byName: () => key,
  byFingerprint: (fingerprint) => keys.find((one) => one.fingerprint === fingerprint),
  keys: () => keys,
});
const ring = ringOf(key);
encryptMachines({ key, ring });

const never = (): never => {
  throw new Error('nothing is open to be rolled back');
};

it('F-D6: a backup of encrypted disks tells nothing, and is restored, encrypted, with their key alone', async () => {
  const machine = new Machine();
  const engine = machine.start();
  const set = (value: string) =>
    engine.apply({ kind: 'set', database: 0, key: utf8('PLANTED'), value: utf8(value) });
  set('MARKER 1');
  const backup = await new MemoryBackup(machine.journal, () => {
    set('MARKER 2');
    engine.requestSync();
  }).of(engine);
  backup.took('DATA', machine.stores[0]!);
  for (const segment of backup.journal.segments())
    expect(Buffer.from(backup.journal.read(segment)).includes('MARKER')).toBe(false);
  const random = seededRandom(5);
  const restoring = (keys: KeyRing) => {
    const ports = { ring: keys, random, cache: new NodeCache(16_384) };
    Object.assign(backup.journal, { keys });
    const encryption = { key, random };
    return restored(backup, { rollback: never, encryption }, keys, (raw) =>
      openWithRing(raw, ports),
    );
  };
  await expect(restoring(ringOf())).rejects.toThrow(key.fingerprint);
  const disks = await restoring(ring);
  for (const segment of disks.journal.segments())
    expect(Buffer.from(disks.journal.read(segment)).includes('DATA')).toBe(false);
  const ports = { ring, random, cache: new NodeCache(16_384) };
  const again = StorageEngine.open(
    { journal: disks.journal, clock: new ManualClock(), random, log: silentLog },
    {
      databases: [...disks.stores].map(([name, raw], number) => ({
        ...{ number, name, blockSize: 8192, isJournaled: true },
        store: openWithRing(raw, ports),
      })),
      encryption: { key, random },
    },
  );
  expect(textOf(again.databases[0]!.get(utf8('PLANTED'))!)).toBe('MARKER 2');
});
