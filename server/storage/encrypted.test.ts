/** F-D6: suites of the storage engine once more, on machines whose disks are encrypted: crashes, damage, transactions. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { NodeMasterKey } from '../adapters/node-cipher.ts';
import { utf8 } from '../base/bytes.ts';
import { encryptMachines, Machine } from './testing/machine.ts';

const key = new NodeMasterKey('key', new Uint8Array(32).fill(7));
encryptMachines({
  key,
  ring: {
    byName: () => key,
    byFingerprint: (fingerprint) => (fingerprint === key.fingerprint ? key : undefined),
    keys: () => [key],
  },
});

/** This one; and what is about files as a whole, slowly. */
const OTHERS = ['encrypted.test.ts', 'journal-life.test.ts'];
const suites = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts') && !OTHERS.includes(name))
  .filter((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8').includes('new Machine'));

describe('F-D6: machines of these suites', () => {
  it('are some, and encrypt', () => {
    expect(suites.length).toBeGreaterThanOrEqual(4);
    const machine = new Machine();
    const engine = machine.start();
    engine.apply({ kind: 'set', database: 0, key: utf8('PLANTED'), value: utf8('MARKER') });
    engine.checkpoint();
    const disk = [
      ...machine.journal.segments().map((segment) => machine.journal.read(segment)),
      machine.stores[0]!.before(undefined)!.bytes,
    ];
    for (const bytes of disk)
      expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/PLANTED|MARKER/);
    expect(machine.pageCount).toBe(1);
  });
});

for (const suite of suites) await import(`./${suite}`);
