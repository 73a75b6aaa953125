import { afterEach, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from './folder-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'ecp-lock-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('K8: a folder in use is refused, naming the holder, and free again after its release', () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(`in use by process ${process.pid} on ${hostname()}`);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  lockFolder(folder).release();
});

test('K8: the lock of a process that is gone, or whose number another one has, is taken over', () => {
  for (const holder of [`4194304 ${hostname()} 17`, `${process.pid} ${hostname()} 17`]) {
    lockFolder(folder).release();
    writeFileSync(join(folder, 'lock'), `${holder}\n`);
    lockFolder(folder).release();
  }
  expect(readdirSync(folder)).toEqual([]);
});

test('K8: the lock of another machine is not judged from here', () => {
  lockFolder(folder).release();
  writeFileSync(join(folder, 'lock'), '1 elsewhere 17\n');
  expect(() => lockFolder(folder)).toThrow('process 1 on elsewhere');
});
