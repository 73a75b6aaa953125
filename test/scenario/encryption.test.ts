/** F-D6: encryption at rest of an instance: what is encrypted, what is refused, and another key while it runs. */
import { describe, expect, it } from '@jest/globals';
import { NodeMasterKey } from '../../server/adapters/node-cipher.ts';
import { EcpError } from '../../server/base/errors.ts';
import type { KeyRing, MasterKey } from '../../server/ports/cipher.ts';
import type { MemoryPageStore } from '../../server/storage/testing/memory-disk.ts';
import { World, type Host } from '../support/world.ts';

const keyA = new NodeMasterKey('a', new Uint8Array(32).fill(0xa1));
const keyB = new NodeMasterKey('b', new Uint8Array(32).fill(0xb2));

const ringOf = (...keys: MasterKey[]): KeyRing => ({
  byName: (name) => {
    const key = keys.find((one) => one.name === name);
    if (key === undefined) throw new EcpError('CONFIGURATION', `encryption key ${name}: no file`);
    return key;
  },
  byFingerprint: (fingerprint) => keys.find((key) => key.fingerprint === fingerprint),
  keys: () => keys,
});

const KEYS = ['a', 'b'].map((name) => ({ name, file: `/keys/${name}` }));
const encryption = (instance: string, temp?: string) => ({
  keys: KEYS,
  instance,
  ...(temp === undefined ? {} : { temp }),
});

/** Everything that lies on a machine's disks. */
function diskOf(host: Host): string {
  const parts = host.journal.segments().map((segment) => host.journal.read(segment));
  for (const store of host.stores.values()) {
    const header = store.header();
    if (header !== undefined) parts.push(header);
    for (let at = store.before(undefined); at !== undefined; at = store.before(at.key))
      parts.push(at.key, at.bytes);
    for (const id of store.longValuesAfter(0, 1000)) parts.push(store.longValue(id)!);
  }
  return parts.map((bytes) => Buffer.from(bytes).toString('latin1')).join('\n');
}

function encrypted(): { world: World; host: Host } {
  const world = new World();
  world.keys = ringOf(keyA, keyB);
  const host = world.dataServer('S', {
    encryption: encryption('a'),
    databases: [{ name: 'ACCOUNTS', encryptionKey: 'a' }, { name: 'OPEN' }],
    namespaces: [
      {
        name: 'USER',
        defaultDatabase: 'ACCOUNTS',
        mappings: [
          { global: 'Open', database: 'OPEN' },
          { global: 'Temp', database: 'TEMP' },
        ],
      },
    ],
  });
  return { world, host };
}

async function fill(host: Host): Promise<void> {
  const job = host.job();
  await job.global('MARKERGLOBAL').set(['MARKERSUBSCRIPT'], 'MARKERVALUE');
  await job.global('MARKERGLOBAL').set(['long'], 'MARKERLONG'.repeat(5000));
  await job.global('Temp').set(['MARKERSUBSCRIPT'], 'MARKERVALUE');
  const system = host.job('%SYS');
  await system.global('MARKERGLOBAL').set(['MARKERSUBSCRIPT'], 'MARKERVALUE');
  host.instance.engine.checkpoint();
  host.instance.engine.requestSync();
}

const keysOf = (host: Host, database: string): readonly string[] | undefined =>
  host.instance.databases.encryption.status(database)?.keysInUse;

describe('F-D6: an instance with keys', () => {
  it('leaves nothing readable on its disks: subscripts, values, long values, TEMP, SYS and the journal', async () => {
    const { host } = encrypted();
    await fill(host);
    expect(diskOf(host)).not.toContain('MARKER');
    expect(diskOf(host)).toContain('ECPE');
    // A database without a key is in plain; its changes in the journal are not.
    await host.job().global('Open').set(['OTHERMARKER'], 'x');
    host.instance.engine.requestSync();
    expect(diskOf(host)).not.toContain('OTHERMARKER');
    host.instance.engine.checkpoint();
    expect(diskOf(host)).toContain('OTHERMARKER');
    host.crash();
    host.start();
    const x = host.job().global('MARKERGLOBAL');
    expect(x.get(['MARKERSUBSCRIPT'])).toBe('MARKERVALUE');
    expect(x.get(['long'])).toBe('MARKERLONG'.repeat(5000));
    expect(host.job().global('Temp').get(['MARKERSUBSCRIPT'])).toBeUndefined();
  });

  it('refuses the start without the key of SYS or of the journal, and names it', async () => {
    const { world, host } = encrypted();
    await fill(host);
    host.crash();
    const { fingerprint } = keyA;
    world.keys = ringOf(keyB);
    expect(() => host.start({ encryption: encryption('b') })).toThrow(
      `<DATABASE> database SYS: it is encrypted with key ${fingerprint}: given are ${keyB.fingerprint} (b)`,
    );
    expect(() => host.start({ encryption: encryption('a') })).toThrow(
      '<CONFIGURATION> database SYS: encryption key a: no file',
    );
    const sys = host.stores.get('SYS')!;
    host.stores.delete('SYS');
    expect(() => host.start({ encryption: encryption('b') })).toThrow(
      `<DATABASE> journal segment 1 is encrypted with key ${fingerprint}`,
    );
    host.stores.set('SYS', sys);
    world.keys = ringOf(keyA, keyB);
    host.start({ encryption: encryption('a') });
    expect(host.job().global('MARKERGLOBAL').get(['MARKERSUBSCRIPT'])).toBe('MARKERVALUE');
  });

  it('starts without a database whose key is missing, keeps its journal, and mounts it when the key is there', async () => {
    const { world, host } = encrypted();
    const databases = [{ name: 'ACCOUNTS', encryptionKey: 'b' }, { name: 'OPEN' }];
    host.crash();
    host.stores.delete('ACCOUNTS');
    host.start({ databases });
    await host.job().global('MARKERGLOBAL').set([1], 'stored');
    host.instance.engine.checkpoint();
    await host.job().global('MARKERGLOBAL').set([2], 'journaled');
    host.instance.engine.requestSync();
    host.crash();
    world.keys = ringOf(keyA);
    host.start();
    const why = 'encryption key b: no file';
    expect(host.instance.databases.whyAway('ACCOUNTS')).toBe(`ACCOUNTS cannot be mounted: ${why}`);
    await host.job().global('Open').set([1], 'others work');
    expect(() => host.job().global('MARKERGLOBAL').get([1])).toThrow(why);
    await world.time.pass(1000);
    world.keys = ringOf(keyA, keyB);
    host.crash();
    host.start();
    const x = host.job().global('MARKERGLOBAL');
    expect([x.get([1]), x.get([2])]).toEqual(['stored', 'journaled']);
  });

  it('refuses a plain database that should be encrypted, and the reverse, and starts without it', async () => {
    const { host } = encrypted();
    await fill(host);
    await host.job().global('Open').set([1], 'x');
    host.instance.engine.checkpoint();
    host.crash();
    host.start({ databases: [{ name: 'ACCOUNTS' }, { name: 'OPEN', encryptionKey: 'a' }] });
    const { databases } = host.instance;
    expect(databases.whyAway('ACCOUNTS')).toBe(
      `ACCOUNTS cannot be mounted: it is encrypted with key ${keyA.fingerprint}: no key is configured for it`,
    );
    expect(databases.whyAway('OPEN')).toMatch(
      /^OPEN cannot be mounted: it is not encrypted, but key a is configured: copy what it holds/,
    );
    expect(host.log.lines.filter((line) => line.includes('cannot be mounted')).length).toBe(2);
  });
});

describe('F-D6: another key while an instance runs', () => {
  it('re-encrypts databases, SYS and TEMP, begins a segment, and then does without the old one', async () => {
    const { world, host } = encrypted();
    await fill(host);
    const x = host.job().global('MARKERGLOBAL');
    for (let i = 0; i < 300; i++) await x.set([i], `${i}`.padStart(2000, 'v'));
    host.instance.engine.checkpoint();
    const segments = host.journal.segments().length;
    host.reconfigure({
      encryption: encryption('b'),
      databases: [{ name: 'ACCOUNTS', encryptionKey: 'b' }, { name: 'OPEN' }],
    });
    expect(host.journal.segments().length).toBe(segments + 1);
    expect(keysOf(host, 'ACCOUNTS')).toEqual([keyB.fingerprint, keyA.fingerprint]);
    expect(keysOf(host, 'OPEN')).toBeUndefined();
    // In use meanwhile.
    await x.set([7], 'changed');
    await world.time.pass(5000);
    for (const database of ['ACCOUNTS', 'SYS', 'TEMP'])
      expect([database, keysOf(host, database)]).toEqual([database, [keyB.fingerprint]]);
    host.instance.engine.checkpoint();
    expect(host.instance.engine.journal.keysInUse).toEqual([keyB.fingerprint]);
    host.crash();
    world.keys = ringOf(keyB);
    host.start();
    const y = host.job().global('MARKERGLOBAL');
    expect([await y.get([7]), (await y.get([299]))?.length]).toEqual(['changed', 2000]);
  });

  it('keeps the key that it has where the new one is missing, and says so', async () => {
    const { world, host } = encrypted();
    await fill(host);
    world.keys = ringOf(keyA);
    host.crash();
    host.start();
    const before = host.journal.segments().length;
    host.reconfigure({
      encryption: encryption('b'),
      databases: [{ name: 'ACCOUNTS', encryptionKey: 'b' }, { name: 'OPEN' }],
    });
    expect(host.instance.databases.encryption.status('ACCOUNTS')).toMatchObject({
      key: keyA.fingerprint,
      keysInUse: [keyA.fingerprint],
      problem: 'encryption key b: no file',
    });
    expect(host.journal.segments().length).toBe(before);
    expect(host.log.lines.filter((line) => line.includes('does not get its key')).length).toBe(4);
    const x = host.job().global('MARKERGLOBAL');
    await x.set(['MARKERSUBSCRIPT'], 'MARKERVALUE 2');
    expect(x.get(['MARKERSUBSCRIPT'])).toBe('MARKERVALUE 2');
    host.instance.engine.checkpoint();
    expect(diskOf(host)).not.toContain('MARKER');
  });

  it('goes on after a crash in the midst of it', async () => {
    const { world, host } = encrypted();
    const x = host.job().global('MARKERGLOBAL');
    for (let i = 0; i < 2000; i++) await x.set([i], `${i}`.padStart(1900, 'v'));
    host.instance.engine.checkpoint();
    await world.time.pass(1000);
    host.reconfigure({
      encryption: encryption('b'),
      databases: [{ name: 'ACCOUNTS', encryptionKey: 'b' }, { name: 'OPEN' }],
    });
    const store = host.stores.get('ACCOUNTS')!;
    const first = store.commits;
    while (store.commits < first + 2) await world.time.pass(5);
    expect(keysOf(host, 'ACCOUNTS')).toHaveLength(2);
    const { progress } = host.instance.databases.encryption.status('ACCOUNTS')!;
    expect(progress).toBeGreaterThan(0);
    expect(progress).toBeLessThan(1);
    host.crash();
    host.start();
    expect(keysOf(host, 'ACCOUNTS')).toHaveLength(2);
    await world.time.pass(5000);
    expect(keysOf(host, 'ACCOUNTS')).toEqual([keyB.fingerprint]);
    expect(isReadableBy(store, keyA)).toBe(false);
    const y = host.job().global('MARKERGLOBAL');
    for (const i of [0, 1000, 1999]) expect(y.get([i])).toBe(`${i}`.padStart(1900, 'v'));
  });
});

/** Whether the header of a store names this key. */
function isReadableBy(store: MemoryPageStore, key: MasterKey): boolean {
  return Buffer.from(store.header()!).toString('hex').includes(key.fingerprint);
}
