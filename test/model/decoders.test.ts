/** Decoders under the kept corpus and mutations of it. verification (e) 4; `npm run fuzz` goes on for longer. */
import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../../server/storage/testing/manual-clock.ts';
import { readCorpus } from '../support/fuzz/corpus.ts';
import { DECODERS } from '../support/fuzz/decoders.ts';
import { fuzz, tryBytes } from '../support/fuzz/fuzz.ts';
import { propertySeed } from '../support/property-seed.ts';

const MUTATIONS = 2000;
const SEED = propertySeed();

describe.each(Object.entries(DECODERS))('%s', (name, decoder) => {
  const corpus = readCorpus(name);

  test('what is kept is taken or refused, as its kind is (corpus)', () => {
    expect(corpus.length).toBeGreaterThan(0);
    const outcomes = corpus.map((bytes) => tryBytes(decoder, bytes));
    expect(outcomes.filter((outcome) => typeof outcome === 'object')).toEqual([]);
    expect(outcomes).toContain('taken');
  });

  test('mutations are taken and become the same bytes again, or refused with its error', () => {
    const random = seededRandom(SEED);
    const { find, refused } = fuzz(
      decoder,
      corpus,
      () => random.next(),
      (tried) => tried < MUTATIONS,
    );
    const shown = find && { ...find, bytes: Buffer.from(find.bytes).toString('hex') };
    expect({ seed: SEED, find: shown }).toEqual({ seed: SEED, find: undefined });
    expect(refused).toBeGreaterThan(0);
  });
});
