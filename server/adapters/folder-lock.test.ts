import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from './folder-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'ecp-lock-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const me = `process ${process.pid} on ${hostname()}`;

describe('by the kernel', () => {
  test('K8: a folder in use is refused, naming the holder, and free again after its release', () => {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(`in use by ${me}`);
    lock.release();
    lockFolder(folder).release();
  });

  test('K8: what the file says is no lock, neither of this machine nor of another', () => {
    lockFolder(folder).release();
    writeFileSync(join(folder, 'lock'), `1 elsewhere 17\n`);
    const lock = lockFolder(folder);
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toMatch(`${process.pid} ${hostname()} `);
    expect(() => lockFolder(folder)).toThrow(`in use by ${me}`);
    lock.release();
  });

  test('K8: a volume that cannot be locked is refused with the reason, not taken', () => {
    lockFolder(folder).release();
    const failing = join(folder, 'failing');
    writeFileSync(failing, '#!/bin/sh\necho "No locks available" >&2\nexit 71\n', { mode: 0o700 });
    expect(() => lockFolder(folder, failing)).toThrow('cannot be locked: No locks available');
  });
});

describe('without flock(1)', () => {
  const lockByContent = (): { release(): void } => lockFolder(folder, 'no-such-command');

  test('K8: a folder in use is refused, naming the holder, and free again after its release', () => {
    const lock = lockByContent();
    expect(lockByContent).toThrow(`in use by ${me}`);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
    lockByContent().release();
  });

  test('K8: the lock of a process that is gone, or whose number another one has, is taken over', () => {
    for (const holder of [`4194304 ${hostname()} 17`, `${process.pid} ${hostname()} 17`]) {
      lockByContent().release();
      writeFileSync(join(folder, 'lock'), `${holder}\n`);
      lockByContent().release();
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('K8: the lock of another machine is not judged from here', () => {
    lockByContent().release();
    writeFileSync(join(folder, 'lock'), '1 elsewhere 17\n');
    expect(lockByContent).toThrow('process 1 on elsewhere');
  });
});
