/** Rounds of a row, and the table made of them. */
import type { Row, Side } from './rows.ts';
import { median } from './statistics.ts';

export interface Measured {
  readonly id: string;
  readonly title: string;
  readonly unit: Row['unit'];
  /** One figure a round. */
  readonly ours: readonly number[];
  readonly peers: readonly {
    readonly name: string;
    readonly figures: readonly number[];
    /** How many times as good ours is, round by round. */
    readonly ratios: readonly number[];
    readonly target: number | undefined;
  }[];
}

/** Ours and each peer in turn, after one round that does not count. */
export async function measureRow(row: Row, rounds: number): Promise<Measured> {
  const sides: readonly Side[] = [row.ours, ...row.peers];
  const figures: number[][] = sides.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [i, side] of sides.entries()) {
      const figure = await side.measure();
      if (round >= 0) figures[i]?.push(figure);
    }
  }
  const [ours = [], ...peers] = figures;
  return {
    id: row.id,
    title: row.title,
    unit: row.unit,
    ours,
    peers: row.peers.map(({ name, target }, i) => {
      const theirs = peers[i] ?? [];
      const ratios = ours.map((figure, round) => {
        const other = theirs[round] ?? NaN;
        return row.unit === '/s' ? figure / other : other / figure;
      });
      return { name, figures: theirs, ratios, target };
    }),
  };
}

export function tableOf(rows: readonly Measured[]): string {
  const head = ['', 'what', 'side', 'median', 'min … max', 'ours/peer', 'aim'];
  const lines = rows.flatMap((row) => [
    [row.id, row.title, 'ours', ...spread(row.ours, row.unit), '', ''],
    ...row.peers.map(({ name, figures, ratios, target }) => [
      '',
      '',
      name,
      ...spread(figures, row.unit),
      `${ratio(median(ratios))} (${ratio(Math.min(...ratios))} … ${ratio(Math.max(...ratios))})`,
      target === undefined
        ? ''
        : `${ratio(target)} ${median(ratios) >= target ? 'met' : 'not met'}`,
    ]),
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)),
  );
  const format = (line: readonly string[]): string =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [format(head), rule, ...lines.map(format)].join('\n');
}

function spread(figures: readonly number[], unit: Row['unit']): readonly [string, string] {
  const least = quantity(Math.min(...figures), unit);
  const most = quantity(Math.max(...figures), unit);
  return [quantity(median(figures), unit), `${least} … ${most}`];
}

function quantity(value: number, unit: Row['unit']): string {
  if (unit === 'µs') return `${value.toFixed(0)} µs`;
  return value >= 1e6 ? `${(value / 1e6).toFixed(2)} M/s` : `${(value / 1e3).toFixed(1)} k/s`;
}

function ratio(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(2);
}
