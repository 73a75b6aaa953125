/**
 * The text that the ConfigMap of a resource is to hold (K5). Its revision grows by one with each other content,
 * and beyond what any instance has in force: after the ConfigMap was lost, or with the volumes of a former
 * resource, instances know higher ones.
 */
import { configurationText, withoutDefaults } from '../../resources/config-map.ts';
import { canonicalJson } from '../../resources/hash.ts';
import type { Configuration } from '../../../server/instance/configuration.ts';

export interface NextConfiguration {
  readonly text: string;
  readonly revision: number;
  /** Whether it has to be written. */
  readonly isNew: boolean;
}

/** What an instance has in force. */
export interface InForce {
  readonly revision: number;
  readonly hash: string;
}

export interface StoredText {
  readonly text: string;
  /** As instances say it: `sha256:` and hexadecimal digits. */
  readonly hash: string;
}

/**
 * `stored`: what the ConfigMap holds, if there is one. `revisionMin`: the highest revision that was ever said to be
 * wanted; a new one exceeds it.
 */
export function nextConfiguration(
  configuration: Configuration,
  stored: StoredText | undefined,
  known: { readonly revisionMin: number; readonly inForce: readonly InForce[] },
): NextConfiguration {
  const before = stored === undefined ? undefined : readStored(stored.text);
  const isSuperseded = known.inForce.some(
    ({ revision, hash }) =>
      before !== undefined &&
      (revision > before.revision || (revision === before.revision && hash !== stored?.hash)),
  );
  if (stored !== undefined && before?.content === contentOf(configuration) && !isSuperseded) {
    return { text: stored.text, revision: before.revision, isNew: false };
  }
  const revision =
    Math.max(
      before?.revision ?? 0,
      known.revisionMin,
      ...known.inForce.map((instance) => instance.revision),
    ) + 1;
  return { text: configurationText(configuration, revision), revision, isNew: true };
}

/** Undefined where the text is none of ours. */
export const revisionOf = (text: string): number | undefined => readStored(text)?.revision;

/** Without the revision, and as JSON has it. */
function contentOf(configuration: Configuration): string {
  return canonicalJson({ ...withoutDefaults(configuration), revision: 0 });
}

function readStored(
  text: string,
): { readonly content: string; readonly revision: number } | undefined {
  try {
    const { revision, ...rest } = JSON.parse(text) as { readonly revision?: unknown };
    if (typeof revision !== 'number' || !Number.isSafeInteger(revision)) return undefined;
    return { content: canonicalJson({ ...rest, revision: 0 }), revision };
  } catch {
    return undefined; // somebody's hand was in it: it is written anew
  }
}
