import { expect, test } from '@jest/globals';
import { NodeMasterKey } from '../adapters/node-cipher.ts';
import { PromMetrics } from '../adapters/prom-metrics.ts';
import { World } from '../../test/support/world.ts';
import { StorageMetrics } from './storage-metrics.ts';

test('F-D3, F-D5: sizes and limits are exported; a database that goes takes its series away', async () => {
  const world = new World();
  const host = world.dataServer('S', {
    databases: [{ name: 'ACCOUNTS', maxSize: '64Mi' }, { name: 'MORE' }],
    journal: { pinnedWarningSize: '3Mi' },
  });
  const metrics = new PromMetrics();
  const storage = new StorageMetrics(metrics);
  const scrape = async (): Promise<string[]> => {
    storage.update(host.instance);
    const { body } = await metrics.text();
    return body.split('\n').filter((line) => /^ecp_(journal|database|transactions)_/.test(line));
  };
  await host.job().global('x').set([1], 'a'.repeat(5000));
  host.instance.engine.checkpoint();
  const lines = await scrape();
  expect(lines).toContain('ecp_database_size_max_bytes{database="ACCOUNTS"} 67108864');
  expect(lines).toContain('ecp_journal_pinned_warning_bytes 3145728');
  expect(lines).toContain('ecp_transactions_open 0');
  const retained = lines.find((line) => line.startsWith('ecp_journal_retained_bytes'));
  expect(Number(retained?.split(' ')[1])).toBeGreaterThan(5000);
  const databases = (all: readonly string[]): string[] =>
    all.flatMap((line) => /^ecp_database_size_bytes\{database="(\w+)"\}/.exec(line)?.[1] ?? []);
  const accounts = host.instance.databases.status().find(({ name }) => name === 'ACCOUNTS')!;
  const { usedBytes } = accounts.store!.room.usage;
  expect(usedBytes).toBeGreaterThan(0);
  expect(lines).toContain(`ecp_database_used_bytes{database="ACCOUNTS"} ${usedBytes}`);
  expect(databases(lines)).toEqual(['SYS', 'TEMP', 'ACCOUNTS', 'MORE']);
  host.reconfigure({ databases: [{ name: 'ACCOUNTS' }, { name: 'MORE', state: 'Dismounted' }] });
  await world.time.pass(1000);
  const later = await scrape();
  expect(databases(later)).toEqual(['SYS', 'TEMP', 'ACCOUNTS']);
  expect(later.filter((line) => line.startsWith('ecp_database_size_max'))).toEqual([]);
  expect(later.filter((line) => /^ecp_database_used_bytes.*MORE/.test(line))).toEqual([]);
});

test('A.2.5: a frozen journal, and one with a gap, are exported, and for how long', async () => {
  for (const freezeOnError of [true, false]) {
    const world = new World();
    const host = world.dataServer('S', { journal: { freezeOnError } });
    const metrics = new PromMetrics();
    const storage = new StorageMetrics(metrics);
    const scrape = async (): Promise<string[]> => {
      storage.update(host.instance);
      const { body } = await metrics.text();
      return body.split('\n').filter((line) => /^ecp_journal_(frozen|gap)/.test(line));
    };
    const lines = (frozen: number, seconds: number, gap: number, gaps: number): string[] => [
      `ecp_journal_frozen ${frozen}`,
      `ecp_journal_frozen_seconds ${seconds}`,
      `ecp_journal_gap ${gap}`,
      `ecp_journal_gaps ${gaps}`,
    ];
    expect(await scrape()).toEqual(lines(0, 0, 0, 0));
    host.journal.fault = () => {
      throw new Error('EIO');
    };
    void host.job().global('x').set([1], 'v');
    host.instance.engine.requestSync();
    await world.time.pass(2500);
    expect(await scrape()).toEqual(freezeOnError ? lines(1, 2.5, 0, 0) : lines(0, 0, 1, 1));
    host.journal.fault = () => undefined;
    await world.time.pass(20_000);
    expect(await scrape()).toEqual(freezeOnError ? lines(1, 22.5, 0, 0) : lines(0, 0, 0, 1));
  }
});

test('F-D3: open transactions are counted, and the oldest has an age', async () => {
  const world = new World();
  const host = world.dataServer();
  const metrics = new PromMetrics();
  const storage = new StorageMetrics(metrics);
  const scrape = async (): Promise<string[]> => {
    storage.update(host.instance);
    const { body } = await metrics.text();
    return body.split('\n').filter((line) => line.startsWith('ecp_transactions_'));
  };
  expect(await scrape()).toEqual(['ecp_transactions_open 0', 'ecp_transactions_oldest_seconds 0']);
  const job = host.job();
  void job.tstart();
  void job.global('x').set([1], 'v');
  await world.time.pass(2500);
  expect(await scrape()).toEqual([
    'ecp_transactions_open 1',
    'ecp_transactions_oldest_seconds 2.5',
  ]);
  void job.tcommit();
  expect(await scrape()).toEqual(['ecp_transactions_open 0', 'ecp_transactions_oldest_seconds 0']);
});

test('F-D6: of an encrypted database the keys in use are counted, and how much is under the newest', async () => {
  const keys = [1, 2].map((n) => new NodeMasterKey(`k${n}`, new Uint8Array(32).fill(n)));
  const world = new World();
  world.keys = {
    byName: (name) => keys.find((key) => key.name === name)!,
    byFingerprint: (fingerprint) => keys.find((key) => key.fingerprint === fingerprint),
    keys: () => keys,
  };
  const encryption = { keys: keys.map(({ name }) => ({ name, file: name })), instance: 'k1' };
  const of = (encryptionKey: string) => ({ databases: [{ name: 'ACCOUNTS', encryptionKey }] });
  const host = world.dataServer('S', { encryption, ...of('k1') });
  const metrics = new PromMetrics();
  const storage = new StorageMetrics(metrics);
  const scrape = async (): Promise<string[]> => {
    storage.update(host.instance);
    const { body } = await metrics.text();
    return body.split('\n').filter((line) => /(keys|ratio)\{database="ACC/.test(line));
  };
  await host.job().global('x').set([1], 'a');
  host.instance.engine.checkpoint();
  const lines = (ratio: number, count: number): string[] => [
    `ecp_database_reencrypted_ratio{database="ACCOUNTS"} ${ratio}`,
    `ecp_database_keys{database="ACCOUNTS"} ${count}`,
  ];
  expect(await scrape()).toEqual(lines(1, 1));
  host.reconfigure(of('k2'));
  expect(await scrape()).toEqual(lines(0, 2));
  await world.time.pass(1000);
  expect(await scrape()).toEqual(lines(1, 1));
});
