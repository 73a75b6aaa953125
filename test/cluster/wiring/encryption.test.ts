/** Keys from Secrets, by what lies on the volumes; another key; one that is missing; and who is warned. */
import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { apply, eventually, kubectl } from '../support/kubectl.ts';
import {
  checkpoint,
  deletePod,
  exec,
  identities,
  instanceStatus,
  nodeCommand,
  shell,
  untilPodReady,
} from '../support/pods.ts';
import {
  applyResources,
  bank,
  conditionOf,
  patchSpec,
  resource,
  teller,
  untilCondition,
  untilReady,
} from '../support/resources.ts';
import type { Spec } from '../support/resources.ts';
import { story } from '../support/story.ts';

const PODS = ['bank-0', 'shop-0'] as const;
const ROTATED_MS = 60_000;
/** The kubelet looks at Secrets about every minute. */
const MENDED_MS = 180_000;

/** Each of the forms that a key may have. */
const KEYS = {
  bytes: randomBytes(32).toString('base64'),
  hexadecimal: Buffer.from(`${randomBytes(32).toString('hex')}\n`).toString('base64'),
  base64: Buffer.from(randomBytes(32).toString('base64')).toString('base64'),
  unused: randomBytes(32).toString('base64'),
};
const secret = (namespace: string, name: string, data: object): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace },
  data,
});
const key = (of: keyof typeof KEYS, name = 'keys'): Spec => ({ name, key: of });
const databases = (of: keyof typeof KEYS): Spec => ({
  databases: [{ name: 'SEALED', encryption: { keySecretRef: key(of) } }, { name: 'OPEN' }],
});

/** The words that lie readable in the files of an instance. */
function readable(namespace: string, pod: string, words: readonly string[]): string[] {
  const script = `
    const { readdirSync, readFileSync } = await import('node:fs');
    const { join } = await import('node:path');
    const entries = readdirSync('/var/lib/ecp/data', { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const all = files.map((file) => readFileSync(join(file.parentPath, file.name)));
    const found = ${JSON.stringify(words)}.filter((word) => all.some((one) => one.includes(word)));
    process.stdout.write(JSON.stringify(found));`;
  return JSON.parse(exec(namespace, pod, nodeCommand(script))) as string[];
}

/** Long enough to be found in a block, whatever is shared with other keys there. */
const WORDS = ['plain-in-open', 'plain-in-sealed', 'plain-in-system', 'plain-in-temp'] as const;

test.concurrent(
  'F-D6: databases, journal and TEMP are encrypted with the keys of their Secrets, and another key follows',
  story(['sealed'], async ({ namespaces: { sealed: namespace }, step }) => {
    apply([secret(namespace, 'keys', KEYS)]);
    const both = {
      ...databases('bytes'),
      encryption: { keySecretRef: key('hexadecimal'), tempKeySecretRef: key('base64') },
      namespaces: ['SEALED', 'OPEN', 'SYS', 'TEMP'].map((name) => ({
        name: name === 'SEALED' ? 'USER' : name,
        defaultDatabase: name,
      })),
      storage: {},
    };
    const data = bank(namespace, both);
    const app = resource('EcpAppServer', namespace, 'shop', both);
    // Uses the data server, and has a TEMP of its own that anybody may read.
    const open = teller(namespace, {
      replicas: 1,
      remoteDatabases: [{ name: 'ACCOUNTS', dataServer: 'BANK', database: 'SEALED' }],
    });
    applyResources(data, app, open);
    await untilReady(data, app, open);
    for (const pod of PODS) {
      const lines = ['SET ^W="plain-in-sealed"', 'ZN "OPEN" SET ^W="plain-in-open"'];
      lines.push('ZN "SYS" SET ^W="plain-in-system"', 'ZN "TEMP" SET ^W="plain-in-temp"');
      shell(namespace, pod, lines.join(' '));
      checkpoint(namespace, pod);
      expect(readable(namespace, pod, WORDS)).toEqual(['plain-in-open']);
      const mounted = exec(namespace, pod, ['ls', '/etc/ecp/keys/keys']).trim().split('\n');
      expect(mounted).toEqual(['base64', 'bytes', 'hexadecimal']);
    }
    await untilCondition(open, 'EncryptionComplete', {
      status: 'False',
      reason: 'TempNotEncrypted',
    });
    expect(conditionOf(app, 'EncryptionComplete')).toBeUndefined();
    const keysOf = (pod: string): unknown => {
      const all = instanceStatus(namespace, pod).databases.filter(
        ({ dataServer }) => dataServer === '',
      );
      return Object.fromEntries(all.map(({ name, encryptionKey }) => [name, encryptionKey]));
    };
    for (const pod of PODS) {
      expect(keysOf(pod)).toEqual({
        SYS: 'keys.hexadecimal',
        TEMP: 'keys.base64',
        SEALED: 'keys.bytes',
        OPEN: '',
      });
    }

    step('another key for each');
    let uids = new Map(identities(namespace).map((one) => one.split(' ') as [string, string]));
    const replaced = async (): Promise<void> => {
      await Promise.all(PODS.map((pod) => untilPodReady(namespace, pod, uids.get(pod))));
      await untilReady(data, app);
      uids = new Map(identities(namespace).map((one) => one.split(' ') as [string, string]));
    };
    for (const one of [data, app]) {
      patchSpec(one, {
        ...databases('unused'),
        encryption: {
          keySecretRef: key('bytes'),
          tempKeySecretRef: null,
          previousKeySecretRefs: [key('hexadecimal')],
        },
      });
    }
    await replaced();
    const wanted = { SYS: 'keys.bytes', TEMP: 'keys.bytes', SEALED: 'keys.unused', OPEN: '' };
    for (const pod of PODS) {
      const rotated = (): true | undefined =>
        isDeepStrictEqual(keysOf(pod), wanted) ? true : undefined;
      await eventually(rotated, ROTATED_MS, `${pod} has its old keys`);
      const line = 'WRITE ^W ZN "OPEN" WRITE " ",^W ZN "SYS" WRITE " ",^W';
      expect(shell(namespace, pod, line)).toBe('plain-in-sealed plain-in-open plain-in-system');
      expect(readable(namespace, pod, WORDS)).toEqual(['plain-in-open']);
    }

    step('a key that is not there');
    // One that cannot start without it, and one that only lacks a database.
    const late = resource('EcpDataServer', namespace, 'late', {
      encryption: { keySecretRef: key('bytes', 'later') },
    });
    applyResources(late);
    patchSpec(data, {
      databases: [
        { name: 'SEALED', encryption: { keySecretRef: key('unused') } },
        { name: 'OPEN' },
        { name: 'MORE', encryption: { keySecretRef: key('bytes', 'later') } },
      ],
    });
    const { metadata } = await untilPodReady(namespace, 'bank-0', uids.get('bank-0'));
    for (const one of [data, late]) {
      const unusable = { status: 'False', reason: 'KeyNotUsable' } as const;
      const said = await untilCondition(one, 'ReferencesResolved', unusable);
      expect(said).toContain('Secret later, key bytes');
      expect(said).toContain('/etc/ecp/keys/later/bytes cannot be read');
    }
    expect(shell(namespace, 'bank-0', 'WRITE ^W')).toBe('plain-in-sealed');
    step('the key comes');
    apply([secret(namespace, 'later', { bytes: KEYS.base64 })]);
    deletePod(namespace, 'late-0');
    for (const one of [data, late]) {
      await untilCondition(one, 'ReferencesResolved', { status: 'True' }, MENDED_MS);
      await untilReady(one);
    }
    expect(keysOf('bank-0')).toMatchObject({ MORE: 'later.bytes', SEALED: 'keys.unused' });
    expect(identities(namespace)).toContain(`bank-0 ${metadata.uid}`);
    expect(kubectl(['get', 'eds', 'bank', '-n', namespace, '-o', 'yaml'])).not.toContain(
      KEYS.bytes,
    );
  }),
);
