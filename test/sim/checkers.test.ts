/**
 * The checkers are checked: histories written by hand with the verdict that each must have. A file of
 * test/fixtures/histories is one checker's; `# VERDICT: why` begins a history.
 */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCheckers, check, report, summary } from '../support/sim/checkers/check.ts';
import type { Verdict } from '../support/sim/checkers/checker.ts';
import { readHistory } from '../support/sim/history-schema.ts';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'histories');

interface Sample {
  readonly checker: string;
  readonly verdict: string;
  readonly title: string;
  readonly text: string;
}

function samplesOf(file: string): Sample[] {
  const [head = '', ...histories] = readFileSync(join(FOLDER, file), 'utf8').split('\n\n');
  return histories.map((history) => {
    const [title = '', ...lines] = history.split('\n');
    const verdict = title.slice(2, title.indexOf(':'));
    return { checker: head.slice(2), verdict, title: title.slice(2), text: lines.join('\n') };
  });
}

const samples = readdirSync(FOLDER).flatMap(samplesOf);

describe('every checker has histories', () => {
  test.each(allCheckers().map(({ name }) => name))(
    '%s: one that passes, one that violates, one of which nothing is said or something allowed',
    (name) => {
      const verdicts = new Set(
        samples.filter(({ checker }) => checker === name).map(({ verdict }) => verdict),
      );
      expect(verdicts).toContain('PASS');
      expect(verdicts).toContain('VIOLATION');
      expect(verdicts.size).toBeGreaterThanOrEqual(2);
    },
  );
});

test.each(samples.map((sample) => [sample.checker, sample.title, sample] as const))(
  '%s, %s',
  (checker, _title, { text, verdict }) => {
    const found = check(readHistory(text), 1).find((one) => one.checker === checker);
    expect({ verdict: found?.verdict, witness: found?.witness }).toEqual({
      verdict,
      witness: verdict === 'VIOLATION' ? expect.any(String) : undefined,
    });
  },
);

describe('a history that is read', () => {
  test('is what was written', () => {
    const events = readHistory('{"i":3,"t":1.5,"k":"told","p":"a","code":"NETWORK"}\n# a remark\n');
    expect(events).toEqual([{ i: 3, t: 1.5, k: 'told', p: 'a', code: 'NETWORK' }]);
  });

  test.each([
    ['no JSON', 'once upon a time'],
    ['an event of no kind', '{"k":"miracle"}'],
    ['a field that it does not have', '{"k":"told","p":"a","code":"NETWORK","loud":true}'],
    ['a field that is missing', '{"k":"told","p":"a"}'],
    ['a number of the wrong kind', '{"k":"sent","p":"a","n":-1,"ep":1,"seq":1}'],
  ])('is refused with %s, and says which event', (_what, line) => {
    expect(() => readHistory(`{"k":"told","p":"a","code":"X"}\n${line}`)).toThrow(
      'history, event 1',
    );
  });
});

describe('verdicts over many runs', () => {
  const verdict = (more: Partial<Verdict>): Verdict[] => [
    { checker: 'c', verdict: 'VACUOUS', occurrences: 30, witness: undefined, allowed: {}, ...more },
  ];

  test('what occurred too seldom in each run may be enough in all of them', () => {
    expect(summary([verdict({}), verdict({})])).toMatchObject([
      { verdict: 'PASS', occurrences: 60 },
    ]);
    expect(summary([verdict({})])).toMatchObject([{ verdict: 'VACUOUS' }]);
  });

  test('what is allowed is counted by cause, and a violation of one is one of all', () => {
    const allowed = summary([
      verdict({ allowed: { 'A.2.4': 2 } }),
      verdict({ allowed: { 'A.2.4': 1 } }),
    ]);
    expect(allowed).toMatchObject([{ verdict: 'ALLOWED', allowed: { 'A.2.4': 3 } }]);
    expect(report(allowed)).toMatch(/c +ALLOWED +60 {2}A\.2\.4: 3$/);
    expect(summary([verdict({ witness: 'w' }), verdict({})])).toMatchObject([
      { verdict: 'VIOLATION', witness: 'w' },
    ]);
  });
});
