/** What `ecp status` tells a person of an instance that answers, of its databases and journal. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { NodeMasterKey } from '../adapters/node-cipher.ts';
import { ConfigurationInForce } from '../api/admin/configuration-in-force.ts';
import { statusOf } from '../api/admin/status.ts';
import { ecp } from '../api/generated/admin.js';
import { silentLog } from '../ports/log.ts';
import { World, type Host } from '../../test/support/world.ts';
import type { LocalInstance } from '../../operator/local/state-file.ts';
import { byteText } from './byte-text.ts';
import { formatStatus } from './status.ts';

const { StatusReply } = ecp.admin.v1;
const [keyA, keyB] = [1, 2].map((n) => new NodeMasterKey(`k${n}`, new Uint8Array(32).fill(n))) as [
  NodeMasterKey,
  NodeMasterKey,
];
const KEYS = [keyA, keyB];
const encryption = (instance: string) => ({
  keys: KEYS.map(({ name }) => ({ name, file: name })),
  instance,
});
const PORT = { host: '127.0.0.1', port: 1 };
const INSTANCE: LocalInstance = {
  name: 'S',
  kind: 'EcpDataServer',
  namespace: 'default',
  resource: 'S',
  replica: 0,
  state: 'ready',
  pid: 1,
  restarts: 0,
  folder: '',
  configurationFile: '',
  logFile: '',
  ecp: PORT,
  client: PORT,
  admin: { ...PORT, tokenFile: '' },
  metrics: PORT,
};

let world: World;
beforeEach(() => {
  world = new World();
  world.keys = {
    byName: (name) => KEYS.find((key) => key.name === name)!,
    byFingerprint: (fingerprint) => KEYS.find((key) => key.fingerprint === fingerprint),
    keys: () => KEYS,
  };
});

/** As it comes over the admin API. */
function statusFrom(host: Host): ecp.admin.v1.StatusReply {
  const { configuration } = host.instance;
  const offer = { text: '', hash: '', revision: 0, configuration };
  const inForce = new ConfigurationInForce(offer, undefined, {
    file: () => '',
    log: silentLog,
    read: () => offer,
    keep: () => undefined,
  });
  const serving = { clientSessions: 0, ready: true, draining: false };
  return StatusReply.decode(StatusReply.encode(statusOf(host.instance, inForce, serving)).finish());
}

function linesOf(host: Host, name: string): string[] {
  const text = formatStatus([{ instance: INSTANCE, status: statusFrom(host), problem: undefined }]);
  return text.split('\n').filter((line) => line.trimStart().startsWith(name));
}

describe('F-D5: sizes', () => {
  it('of a database are what of it is in use, with maxSize where there is one', async () => {
    const host = world.dataServer('S', {
      databases: [{ name: 'ACCOUNTS', maxSize: '64Mi' }, { name: 'MORE' }],
    });
    await host.job().global('x').set([1], 'a'.repeat(50_000));
    host.instance.engine.checkpoint();
    const used = (name: string): number => {
      const { store } = host.instance.databases.status().find((one) => one.name === name)!;
      return store!.room.usage.usedBytes;
    };
    expect(used('ACCOUNTS')).toBeGreaterThan(50_000);
    expect(statusFrom(host).databases.find(({ name }) => name === 'ACCOUNTS')).toMatchObject({
      usedBytes: used('ACCOUNTS'),
      maxBytes: 64 * 1024 * 1024,
    });
    expect(linesOf(host, 'ACCOUNTS')[0]).toContain(
      `, ${byteText(used('ACCOUNTS'))} of 64.0 MiB used, `,
    );
    expect(linesOf(host, 'MORE')[0]).toContain(`, ${byteText(used('MORE'))} used, `);
  });
});

describe('F-D6: keys', () => {
  it('of a journal that is not encrypted there are none', () => {
    const host = world.dataServer();
    expect(statusFrom(host).journal?.encryption ?? undefined).toBeUndefined();
    expect(linesOf(host, 'journal:')).toEqual(['  journal: 1 MiB in 1 segments']);
  });

  it('of the journal are told, the one that encrypts and those that older segments need', async () => {
    const host = world.dataServer('S', {
      encryption: encryption('k1'),
      databases: [{ name: 'ACCOUNTS' }],
    });
    await host.job().global('x').set([1], 'a'.repeat(1000));
    expect(statusFrom(host).journal?.encryption).toMatchObject({
      key: 'k1',
      fingerprint: keyA.fingerprint,
      keysInUse: [keyA.fingerprint],
      progress: 1,
      problem: '',
    });
    expect(linesOf(host, 'journal:')).toEqual([
      '  journal: 1 MiB in 1 segments, encrypted with k1',
    ]);
    host.reconfigure({ encryption: encryption('k2') });
    await host.job().global('x').set([2], 'a'.repeat(1000));
    const { progress, ...rest } = statusFrom(host).journal!.encryption!;
    expect(rest).toMatchObject({ key: 'k2', keysInUse: [keyB.fingerprint, keyA.fingerprint] });
    expect(progress).toBeGreaterThan(0.4);
    expect(progress).toBeLessThan(0.9);
    expect(linesOf(host, 'journal:')).toEqual([
      `  journal: 1 MiB in 2 segments, encrypted with k2 (${Math.floor(progress! * 100)} %), needs key ${keyA.fingerprint} as well`,
    ]);
    // Nobody needs the older segment any more.
    await world.time.pass(5000);
    host.instance.engine.checkpoint();
    expect(linesOf(host, 'journal:')).toEqual([
      '  journal: 1 MiB in 1 segments, encrypted with k2',
    ]);
  });

  it('of the journal that are missing are said to be', () => {
    const host = world.dataServer('S', { encryption: encryption('k1') });
    const { keys } = world;
    world.keys = {
      ...keys!,
      byName: (name) => {
        if (name === 'k2') throw new Error('encryption key k2: no file');
        return keyA;
      },
    };
    host.crash();
    host.start();
    host.reconfigure({ encryption: encryption('k2') });
    expect(linesOf(host, 'journal:')[0]).toMatch(/encrypted with k1, encryption key k2: no file$/);
  });
});
