/** Alerts and dashboard of the chart against the source code: a metric that nobody makes alerts nobody. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PromMetrics } from '../../server/adapters/prom-metrics.ts';
import { APP_SIDE_NAMES } from '../../server/ecp/app-server/connection-state.ts';
import { DATA_SIDE_NAMES } from '../../server/ecp/data-server/session-state.ts';
import { instrumentNames, instrumentOf, matchedValues, metricNames } from './prometheus-names.ts';
import { projectFiles, ROOT } from './source-files.ts';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
interface Rules {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Alert[] }[];
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets?: readonly { readonly expr: string }[];
}
interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly definition?: string }[];
  };
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const FILES = 'charts/ecp-operator/files';
const GRID_COLUMNS = 24;

const { groups } = parse(read(`${FILES}/rules.yaml`)) as Rules;
const alerts = groups.flatMap(({ rules }) => rules);
const dashboard = JSON.parse(read(`${FILES}/dashboard.json`)) as Dashboard;
const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const variables = dashboard.templating.list.flatMap(({ definition }) =>
  definition === undefined ? [] : [definition.replace(/^label_values\((.*), \w+\)$/, '$1')],
);
const expressions = [
  ...alerts.map(({ expr }) => expr),
  ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...variables,
];

/** Of Prometheus itself. */
const SCRAPE_METRICS = ['up'];
const made = new Set([
  ...SCRAPE_METRICS,
  ...new PromMetrics().registry.getMetricsAsArray().map(({ name }) => name),
  ...projectFiles()
    .filter((path) => /^(server|operator)\/.*(?<!\.test)\.ts$/.test(path))
    .flatMap((path) => instrumentNames(read(path))),
]);

test('every metric of alerts and dashboard is one that instances or operator export', () => {
  const named = new Set(expressions.flatMap(metricNames));
  expect(named.size).toBeGreaterThan(20);
  expect([...named].filter((name) => !made.has(name) && !made.has(instrumentOf(name)))).toEqual([]);
});

test('every state that they look for is one of a connection or of a condition', () => {
  const states = new Set([
    ...Object.values(APP_SIDE_NAMES),
    ...Object.values(DATA_SIDE_NAMES),
    ...['True', 'False', 'Unknown'],
  ]);
  const asked = expressions.flatMap((expression) => matchedValues(expression, 'state'));
  expect(asked).toContain('Trouble');
  expect(asked.filter((state) => !states.has(state))).toEqual([]);
});

test('a panel that shows the limit of an alert shows what the alert compares with it', () => {
  const shown = panels.map(({ title, targets = [] }) => ({
    title,
    metrics: targets.flatMap(({ expr }) => metricNames(expr)),
  }));
  const limits = alerts.flatMap(({ expr }) => {
    const [value, limit, ...more] = metricNames(expr);
    return value === undefined || limit === undefined || more.length > 0 ? [] : [{ value, limit }];
  });
  expect(limits.map(({ limit }) => limit)).toContain('ecp_database_size_max_bytes');
  const wrong = limits.flatMap(({ value, limit }) =>
    shown.filter(({ metrics }) => metrics.includes(limit) && !metrics.includes(value)),
  );
  expect(wrong.map(({ title }) => title)).toEqual([]);
});

describe('alerts', () => {
  test.each(alerts.map((alert) => [alert.alert, alert] as const))('%s', (name, alert) => {
    expect(name).toMatch(/^Ecp[A-Z]\w+$/);
    expect(Object.keys(alert).sort()).toEqual(['alert', 'annotations', 'expr', 'for', 'labels']);
    expect(alert.for).toMatch(/^\d+m$/);
    expect(['critical', 'warning']).toContain(alert.labels['severity']);
    expect(Object.keys(alert.annotations).sort()).toEqual(['description', 'summary']);
    for (const text of Object.values(alert.annotations)) expect(text.length).toBeGreaterThan(20);
  });

  test('have names of their own', () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });
});

describe('panels', () => {
  test('say what they show', () => {
    const silent = panels.filter(
      ({ description, targets }) => description === undefined || targets === undefined,
    );
    expect(silent.map(({ title }) => title)).toEqual([]);
  });

  test('have ids and places of their own', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    expect(dashboard.panels.filter(({ gridPos: { x, w } }) => x + w > GRID_COLUMNS)).toEqual([]);
  });
});

describe('what is read of expressions and source', () => {
  test.each([
    ['a_total', ['a_total']],
    [
      'sum by (le, pod) (rate(a_bucket{b="c_d"}[5m])) / on (pod) group_left (x) b',
      ['a_bucket', 'b'],
    ],
    ['absent(up{job="x"} == 1) or a:b > bool 3e5 unless c offset 5m', ['up', 'a:b', 'c']],
  ])('the metrics of %s', (expression, names) => {
    expect(metricNames(expression)).toEqual(names);
  });

  test('the values of matchers', () => {
    expect(matchedValues('a{b="c",state=~"X|Y Z"} + a{state="V",last_state="W"}', 'state')).toEqual(
      ['X', 'Y Z', 'V'],
    );
  });

  test('the names of instruments, whole or put together, and none where there are none', () => {
    const source =
      "m.gauge(`queue_${what}`, 'Help.', {}); make('depth'); m.counter('a_total', 'x');";
    expect(instrumentNames(source)).toEqual(
      expect.arrayContaining(['a_total', 'depth', 'queue_depth']),
    );
    expect(instrumentNames("const a = 'a_total';")).toEqual([]);
  });
});
