import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONDITION_TYPES } from './conditions.ts';
import { generateConditionReference, REASONS } from './reasons.ts';

const OPERATOR = join(import.meta.dirname, '..');

/** The source of the operator, but for the list itself and for tests. */
const source = readdirSync(OPERATOR, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .filter((name) => !name.endsWith('reasons.ts'))
  .map((name) => readFileSync(join(OPERATOR, name), 'utf8'))
  .join('\n');

test('F-K5: every reason that is explained is one that the operator gives', () => {
  const unused = Object.keys(REASONS).filter((reason) => !source.includes(`'${reason}'`));
  expect(unused).toEqual([]);
});

test('F-K5: every condition and every reason stands in the reference, with its meaning', () => {
  const text = generateConditionReference();
  for (const type of CONDITION_TYPES) expect(text).toContain(`| ${type} `);
  for (const [reason, { meaning }] of Object.entries(REASONS)) {
    expect(text).toContain(`| \`${reason}\` |`);
    expect(text).toContain(meaning);
  }
});
