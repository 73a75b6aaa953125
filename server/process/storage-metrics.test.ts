import { expect, test } from '@jest/globals';
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
  const lines = await scrape();
  expect(lines).toContain('ecp_database_size_max_bytes{database="ACCOUNTS"} 67108864');
  expect(lines).toContain('ecp_journal_pinned_warning_bytes 3145728');
  expect(lines).toContain('ecp_transactions_open 0');
  const retained = lines.find((line) => line.startsWith('ecp_journal_retained_bytes'));
  expect(Number(retained?.split(' ')[1])).toBeGreaterThan(5000);
  const databases = (all: readonly string[]): string[] =>
    all.flatMap((line) => /^ecp_database_size_bytes\{database="(\w+)"\}/.exec(line)?.[1] ?? []);
  expect(databases(lines)).toEqual(['SYS', 'TEMP', 'ACCOUNTS', 'MORE']);
  host.reconfigure({ databases: [{ name: 'ACCOUNTS' }, { name: 'MORE', state: 'Dismounted' }] });
  await world.time.pass(1000);
  const later = await scrape();
  expect(databases(later)).toEqual(['SYS', 'TEMP', 'ACCOUNTS']);
  expect(later.filter((line) => line.startsWith('ecp_database_size_max'))).toEqual([]);
});
