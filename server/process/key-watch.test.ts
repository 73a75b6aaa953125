import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchKeyFiles } from './key-watch.ts';

const INTERVAL_MS = 5;
const NOTICED_MS = 5000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ecp-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As the kubelet does it: a folder for each content, and a link that is swapped. */
function mount(content: string): void {
  const next = mkdtempSync(join(folder, '..2026_'));
  writeFileSync(join(next, 'key'), content);
  symlinkSync(next, join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
}

test('F-D6: a key that comes, and one that is replaced in a Secret’s mount, are noticed once each', async () => {
  const file = join(folder, '..data', 'key');
  let changes = 0;
  const end = watchKeyFiles(
    () => [file],
    INTERVAL_MS,
    () => changes++,
  );
  const until = async (count: number): Promise<void> => {
    const deadline = Date.now() + NOTICED_MS;
    while (changes < count && Date.now() < deadline) await sleep(INTERVAL_MS);
    await sleep(10 * INTERVAL_MS);
    expect(changes).toBe(count);
  };
  await until(0);
  mount('one');
  await until(1);
  mount('two');
  await until(2);
  rmSync(join(folder, '..data'));
  await until(3);
  end();
  mkdirSync(join(folder, '..data'));
  writeFileSync(file, 'three');
  await until(3);
});
