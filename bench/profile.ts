/** Where a process spent its time, from a .cpuprofile: functions by self time. */
import { readFileSync } from 'node:fs';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 25;
const NOT_WORK = new Set(['(idle)', '(root)']);

/** The functions that took most, a line each: part of the time not idle, milliseconds, name and place. */
export function hotSpots(file: string): readonly string[] {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const micros = new Map<string, number>();
  let busy = 0;
  for (const [i, sample] of profile.samples.entries()) {
    const frame = frames.get(sample);
    const delta = profile.timeDeltas[i] ?? 0;
    if (frame === undefined || NOT_WORK.has(frame.functionName)) continue;
    const place = frame.url.replace(/^.*\/(?=(node_modules|server|bench)\/)/, '');
    const name = `${frame.functionName || '(anonymous)'}  ${place}:${frame.lineNumber + 1}`;
    micros.set(name, (micros.get(name) ?? 0) + delta);
    busy += delta;
  }
  return [...micros]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(
      ([name, spent]) =>
        `${((100 * spent) / busy).toFixed(1).padStart(6)} % ${(spent / 1000).toFixed(0).padStart(7)} ms  ${name}`,
    );
}
