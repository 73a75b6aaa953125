import { expect, test } from '@jest/globals';
import { addReports, readReport, summarize, type Report } from '../../tools/test-summary.ts';

const report = (part: Partial<Report>): Report => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  ...part,
});

test.each<[what: string, report: Report | undefined, status: number, line: string, ok: boolean]>([
  ['all well', report({ numPassedTests: 3 }), 0, '3 passed, 0 failed', true],
  [
    'skipped and planned tests are counted apart',
    report({ numPassedTests: 3, numPendingTests: 1, numTodoTests: 1 }),
    0,
    '3 passed, 0 failed, 2 skipped',
    true,
  ],
  [
    'a failed test',
    report({ numPassedTests: 3, numFailedTests: 1 }),
    1,
    '3 passed, 1 failed',
    false,
  ],
  [
    'a file that does not load',
    report({ numPassedTests: 3, numRuntimeErrorTestSuites: 2 }),
    1,
    '3 passed, 2 failed',
    false,
  ],
  ['Jest died', undefined, 1, '0 passed, 1 failed', false],
  ['nothing ran', report({}), 0, '0 passed, 1 failed', false],
  ['all passed, yet Jest failed', report({ numPassedTests: 3 }), 1, '3 passed, 1 failed', false],
])('npm test sums up: %s', (_what, given, status, line, ok) => {
  expect(summarize(given, status)).toEqual({ line, ok });
});

test('a report that was never written is none', () => {
  expect(readReport('no/such/report.json')).toBeUndefined();
});

test('runs are added up, and one that left no report counts by its status', () => {
  const passed = report({ numPassedTests: 3, numPendingTests: 1 });
  const failed = report({ numPassedTests: 2, numFailedTests: 1 });
  expect(summarize(addReports([passed, failed]), 1).line).toBe('5 passed, 1 failed, 1 skipped');
  expect(summarize(addReports([passed, undefined]), 1).ok).toBe(false);
});
