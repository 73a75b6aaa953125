/** What a run of Jest comes to: one countable line and a verdict. */
import { readFileSync } from 'node:fs';

/** What we read of Jest's report. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that broke before or outside their tests. */
  readonly numRuntimeErrorTestSuites: number;
  /** A file each. */
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

export function failedFiles(report: Report | undefined): string[] {
  return (report?.testResults ?? [])
    .filter(({ status }) => status === 'failed')
    .map(({ name }) => name);
}

/** What is left of a report without some files. */
export function withoutFiles(report: Report, names: readonly string[]): Report {
  const testResults = report.testResults.filter(({ name }) => !names.includes(name));
  const count = (...wanted: readonly string[]): number =>
    testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => wanted.includes(status)).length;
  const hasFailure = ({ assertionResults }: FileReport): boolean =>
    assertionResults.some(({ status }) => status === 'failed');
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending', 'skipped', 'disabled'),
    numTodoTests: count('todo'),
    numRuntimeErrorTestSuites: testResults.filter(
      (file) => file.status === 'failed' && !hasFailure(file),
    ).length,
    testResults,
  };
}

export function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined; // Jest died before it wrote one: the caller counts that as a failure.
  }
}

/** Of several runs; a run without a report adds nothing, and what became of it is the status's to say. */
export function addReports(reports: readonly (Report | undefined)[]): Report {
  const sum = (field: Exclude<keyof Report, 'testResults'>): number =>
    reports.reduce((total, report) => total + (report?.[field] ?? 0), 0);
  return {
    numPassedTests: sum('numPassedTests'),
    numFailedTests: sum('numFailedTests'),
    numPendingTests: sum('numPendingTests'),
    numTodoTests: sum('numTodoTests'),
    numRuntimeErrorTestSuites: sum('numRuntimeErrorTestSuites'),
    testResults: reports.flatMap((report) => report?.testResults ?? []),
  };
}

/** The last line, and whether all is well. A Jest that fails without a failed test counts as one failure. */
export function summarize(
  report: Report | undefined,
  status: number,
): { line: string; ok: boolean } {
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  let failed = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
  if (failed === 0 && (status !== 0 || passed === 0)) failed = 1;
  const tail = skipped > 0 ? `, ${skipped} skipped` : '';
  return { line: `${passed} passed, ${failed} failed${tail}`, ok: failed === 0 };
}
