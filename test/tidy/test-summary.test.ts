import { expect, test } from '@jest/globals';
import {
  addReports,
  failedFiles,
  readReport,
  summarize,
  withoutFiles,
  type Report,
} from '../../tools/test-summary.ts';

const report = (part: Partial<Report>): Report => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
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

test('what is tried once more counts by its second try alone', () => {
  const file = (name: string, ...statuses: string[]) => ({
    name,
    status: statuses.includes('failed') || statuses.length === 0 ? 'failed' : 'passed',
    assertionResults: statuses.map((status) => ({ status })),
  });
  const first = report({
    numPassedTests: 3,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 1,
    testResults: [
      file('a', 'passed', 'pending'),
      file('b', 'passed', 'passed', 'failed'),
      file('c'),
    ],
  });
  expect(failedFiles(first)).toEqual(['b', 'c']);
  const rest = withoutFiles(first, ['b', 'c']);
  expect(summarize(rest, 0).line).toBe('1 passed, 0 failed, 1 skipped');
  const second = report({ numPassedTests: 3, numFailedTests: 1 });
  expect(summarize(addReports([rest, second]), 1).line).toBe('4 passed, 1 failed, 1 skipped');
  expect(summarize(withoutFiles(first, ['b']), 1).line).toBe('1 passed, 1 failed, 1 skipped');
});
