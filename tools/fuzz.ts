/**
 * Throws mutations of the kept corpus at decoders, for a time, and keeps what they fail at in test/fixtures/corpus.
 *
 *   npm run fuzz -- block --seconds 60        one decoder
 *   npm run fuzz -- all --seconds 60          each in turn, 60 seconds together
 *   npm run fuzz -- block --seed 17           with the random numbers of a run that printed this seed
 *
 * Ends with `N passed, N failed`, a decoder each; exit code 1 if any failed.
 */
import { parseArgs } from 'node:util';
import { seededRandom } from '../server/storage/testing/manual-clock.ts';
import { keepFind, readCorpus } from '../test/support/fuzz/corpus.ts';
import { DECODERS } from '../test/support/fuzz/decoders.ts';
import { fuzz } from '../test/support/fuzz/fuzz.ts';

function numberOf(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${option} ${text} is no number`);
  return Number(text);
}

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
  allowPositionals: true,
});
const [asked = 'all'] = positionals;
const names = asked === 'all' ? Object.keys(DECODERS) : [asked];
const seconds = numberOf('seconds', values.seconds);
const seed = numberOf('seed', values.seed ?? String(Date.now() % 1_000_000));
console.log(`seed ${seed}`);
let failed = 0;
for (const name of names) {
  const decoder = DECODERS[name];
  if (decoder === undefined)
    throw new Error(`no decoder ${name}; there are ${Object.keys(DECODERS).join(', ')}`);
  const random = seededRandom(seed);
  const endMs = performance.now() + (seconds * 1000) / names.length;
  const { taken, refused, find } = fuzz(
    decoder,
    readCorpus(name),
    () => random.next(),
    () => performance.now() < endMs,
  );
  console.log(`${name}: ${taken} taken, ${refused} refused${find ? `, ${find.problem}` : ''}`);
  if (find === undefined) continue;
  failed++;
  keepFind(name, find.bytes, find.problem);
}
console.log(`${names.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
