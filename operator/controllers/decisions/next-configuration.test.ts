import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '../../../server/instance/configuration.ts';
import { configurationText } from '../../resources/config-map.ts';
import { nextConfiguration, revisionOf } from './next-configuration.ts';
import type { InForce, StoredText } from './next-configuration.ts';

const configuration = parseConfiguration({ name: 'bank-0', dataDirectory: '/data' });
const changed = parseConfiguration({ name: 'bank-0', dataDirectory: '/data', drainSeconds: 33 });

/** Its hash stands for its text. */
function stored(text: string): StoredText {
  return { text, hash: `hash of ${text}` };
}
const SEVEN = stored(configurationText(configuration, 7));
const known = (revisionMin = 0, ...inForce: readonly InForce[]) => ({ revisionMin, inForce });

describe('K5: the configuration that a ConfigMap is to hold', () => {
  test('is the first revision where there is none yet', () => {
    const next = nextConfiguration(configuration, undefined, known());
    expect(next).toEqual({ text: configurationText(configuration, 1), revision: 1, isNew: true });
  });

  test('is the one stored, byte by byte, while its content is the same', () => {
    expect(nextConfiguration(configuration, SEVEN, known())).toEqual({
      text: SEVEN.text,
      revision: 7,
      isNew: false,
    });
    const inForce = { revision: 7, hash: SEVEN.hash };
    const behind = { revision: 5, hash: 'hash of an older one' };
    expect(nextConfiguration(configuration, SEVEN, known(7, inForce, behind)).isNew).toBe(false);
  });

  test('is the one stored whatever the order and spacing of its fields', () => {
    const fields = Object.entries(JSON.parse(SEVEN.text) as object).toReversed();
    const other = stored(JSON.stringify(Object.fromEntries(fields)));
    expect(nextConfiguration(configuration, other, known())).toMatchObject({
      text: other.text,
      isNew: false,
    });
  });

  test('says nothing of fields that nobody gave and that an older image does not know (K9)', () => {
    const databases = [{ name: 'A' }];
    const input = { name: 'bank-0', dataDirectory: '/data', databases };
    const text = configurationText(parseConfiguration(input), 7);
    expect(text).not.toMatch(/"(journal|encryption|unjournaledGlobals|backupDirectory)":/);
    expect(parseConfiguration(text)).toEqual(parseConfiguration({ ...input, revision: 7 }));
    const asked = {
      ...input,
      databases: [{ name: 'A', unjournaledGlobals: ['T*'], encryptionKey: 'k' }],
      journal: { keepSeconds: 60, freezeOnError: false },
      encryption: { keys: [{ name: 'k', file: '/k' }], instance: 'k' },
    };
    const given = configurationText(parseConfiguration(asked), 7);
    expect(JSON.parse(given)).toMatchObject({
      journal: { keepSeconds: 60, freezeOnError: false },
      encryption: { instance: 'k', temp: 'k' },
    });
    expect(parseConfiguration(given)).toEqual(parseConfiguration({ ...asked, revision: 7 }));
  });

  test('is one revision later with other content', () => {
    expect(nextConfiguration(changed, SEVEN, known(7))).toEqual({
      text: configurationText(changed, 8),
      revision: 8,
      isNew: true,
    });
  });

  test('counts beyond an instance that has a higher revision in force', () => {
    const ahead = { revision: 41, hash: 'hash of what a former resource said' };
    expect(nextConfiguration(configuration, SEVEN, known(7, ahead))).toMatchObject({
      revision: 42,
      isNew: true,
    });
  });

  test('counts beyond an instance that has something else in force under the same revision', () => {
    const other = { revision: 7, hash: 'hash of something else' };
    expect(nextConfiguration(configuration, SEVEN, known(7, other))).toMatchObject({
      revision: 8,
      isNew: true,
    });
  });

  test('counts beyond what was ever said to be wanted, after the ConfigMap was lost', () => {
    const behind = { revision: 3, hash: 'hash of an older one' };
    expect(nextConfiguration(configuration, undefined, known(41, behind))).toMatchObject({
      revision: 42,
      isNew: true,
    });
    const ahead = { revision: 43, hash: 'hash of a newer one' };
    expect(nextConfiguration(configuration, undefined, known(41, ahead)).revision).toBe(44);
  });

  test.each([
    ['no JSON', '{"revision": 7,'],
    ['nothing', ''],
    ['no revision', '{"name": "bank-0"}'],
    ['a revision that is no number', '{"revision": "7"}'],
    ['a revision that is no whole number', '{"revision": 7.5}'],
    ['a list', '[7]'],
    ['null', 'null'],
  ])('is written anew where somebody’s hand left %s', (_what, text) => {
    const next = nextConfiguration(configuration, stored(text), known(7));
    expect(next).toEqual({ text: configurationText(configuration, 8), revision: 8, isNew: true });
    expect(revisionOf(text)).toBeUndefined();
  });

  test('is written anew where a hand changed a field, beyond the revision that it left there', () => {
    const edited = stored(configurationText(changed, 9));
    expect(nextConfiguration(configuration, edited, known(7))).toMatchObject({
      text: configurationText(configuration, 10),
      isNew: true,
    });
  });

  test('comes to rest: what was written is the same the next time', () => {
    const ahead = { revision: 41, hash: 'hash of a former one' };
    const first = nextConfiguration(configuration, SEVEN, known(7, ahead));
    const again = stored(first.text);
    const taken = { revision: first.revision, hash: again.hash };
    expect(nextConfiguration(configuration, again, known(first.revision, ahead)).isNew).toBe(false);
    expect(nextConfiguration(configuration, again, known(first.revision, taken)).isNew).toBe(false);
    expect(revisionOf(first.text)).toBe(42);
  });
});
