/** The kept corpus: per decoder a file of `name: hex` lines in test/fixtures/corpus, to which finds are added. */
import { appendFileSync } from 'node:fs';
import { hexOf, readHexLines } from '../hex-lines.ts';

const FOLDER = new URL('../../fixtures/corpus/', import.meta.url);

const fileOf = (decoder: string): URL => new URL(`${decoder}.hex`, FOLDER);

export function readCorpus(decoder: string): Uint8Array[] {
  return readHexLines(fileOf(decoder)).map(([, bytes]) => bytes);
}

/** Keeps what a decoder failed at, with what it said. */
export function keepFind(decoder: string, bytes: Uint8Array, problem: string): void {
  const comment = `# ${problem.replaceAll(/\s+/g, ' ')}`;
  appendFileSync(fileOf(decoder), `${comment}\nfound: ${hexOf(bytes)}\n`);
}
