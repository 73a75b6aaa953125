/**
 * A story: it runs in Kubernetes namespaces of its own under pod security `restricted`, says what it does, and
 * when it fails shows what the cluster looks like before that is gone.
 */
import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { diagnose } from './diagnosis.ts';
import { apply, kubectl } from './kubectl.ts';
import { namespaceObject } from './namespace.ts';

/** Enough for a story with its restarts; whoever needs less is done earlier. */
export const STORY_MS = 240_000;

export interface Story<Names extends string> {
  /** Namespaces by the names that the story gave them. */
  readonly namespaces: Readonly<Record<Names, string>>;
  /** Says what comes now. */
  readonly step: (text: string) => void;
  /** Shown when the story fails. */
  readonly explain: (what: () => string) => void;
  /** Done at the end, in reverse order, whatever happens. */
  readonly defer: (undo: () => unknown) => void;
}

/**
 * `names`: namespaces, the first part of the names that they get; a story's number makes them readable in
 * what the cluster says. `labels` are put on all of them.
 */
export function story<Names extends string>(
  names: readonly Names[],
  body: (story: Story<Names>) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const started = Date.now();
    const suffix = randomBytes(2).toString('hex');
    const namespaces = Object.fromEntries(
      names.map((name) => [name, `${name}-${suffix}`]),
    ) as Record<Names, string>;
    const all = Object.values<string>(namespaces);
    const undos: (() => unknown)[] = [];
    const explanations: (() => string)[] = [];
    const step = (text: string): void => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
      process.stderr.write(`${seconds} s  ${all[0] ?? ''}: ${text}\n`);
    };
    try {
      apply(all.map((name) => namespaceObject(name)));
      step('begins');
      await body({
        namespaces,
        step,
        explain: (what) => explanations.push(what),
        defer: (undo) => undos.push(undo),
      });
      step('holds');
    } catch (error) {
      step('FAILED');
      const texts = [diagnose(all), ...explanations.map((explain) => `${explain()}\n`)];
      process.stderr.write(texts.join(''));
      throw error;
    } finally {
      for (const undo of undos.toReversed()) await undo();
      kubectl(['delete', 'namespace', ...all, '--wait=false', '--ignore-not-found']);
    }
  };
}
