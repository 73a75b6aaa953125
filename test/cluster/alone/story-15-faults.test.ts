/**
 * An API server that fails, lies and falls silent, and an operator that is killed after every write: what comes of
 * it in the end is what comes of it without.
 */
import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { API_VERSION } from '../../../operator/api/schema.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import type { FaultRule } from '../support/fault-rules.ts';
import { BANK_IMAGE, BANK_MODULE } from '../support/images.ts';
import { apply, kubectl } from '../support/kubectl.ts';
import { endState } from '../support/objects.ts';
import { OPERATOR_NAMESPACE, RELEASE, scaleOperator } from '../support/operator.ts';
import { apiServer, OperatorProcess, RestartedOperator } from '../support/operator-process.ts';
import { isPodNetworkReachable } from '../support/own-cluster.ts';
import { shell } from '../support/pods.ts';
import { applyResources, bank, conditionOf, teller, untilReady } from '../support/resources.ts';
import type { Named, Resource } from '../support/resources.ts';
import { story } from '../support/story.ts';
import type { Story } from '../support/story.ts';

const EXAMPLES = join(import.meta.dirname, '../../../examples');
const IDLE_MS = 60_000;
const SETTLED_MS = 8000;
const SETTLE_MS_MAX = 120_000;
const KILLS_MAX = 60;
const QUIET_MS = 6000;
const POLL_MS = 50;
/** In each namespace. */
const KINDS_WATCHED = 9;

/** Little: there are more pods than a small node gives what they ask for by default. */
const RESOURCES = { requests: { cpu: '10m' } };

interface Proxied {
  readonly proxy: FaultProxy;
  /** One operator process behind the proxy, which ends when it ends. */
  readonly start: () => Promise<OperatorProcess>;
  /** One that is started again whenever it has ended. */
  readonly keepRunning: () => void;
}

/** The operator's place is taken by processes behind a proxy. */
async function behindProxy(
  namespaces: readonly string[],
  { explain, defer }: Pick<Story<never>, 'explain' | 'defer'>,
): Promise<Proxied> {
  defer(() => scaleOperator(1));
  await scaleOperator(0);
  const proxy = await FaultProxy.start(apiServer());
  defer(() => proxy.close());
  const server = { server: proxy.url, ca: proxy.ca };
  const options = { name: 'proxied', server, watchNamespaces: namespaces };
  const start = async (): Promise<OperatorProcess> => {
    const operator = await OperatorProcess.start(options);
    defer(() => operator.stop());
    explain(() => operator.lastLines());
    return operator;
  };
  const keepRunning = (): void => {
    const operator = new RestartedOperator(options);
    defer(() => operator.stop());
    explain(() => operator.lastLines());
  };
  return { proxy, start, keepRunning };
}

/** Writes into namespaces, in which the Lease is not. */
const WORK = /\/namespaces\/(?!ecp-system\/)[^/]+\//;

/** Waits until the operator has written nothing for a while. */
async function untilQuiet(proxy: FaultProxy): Promise<void> {
  const deadline = Date.now() + SETTLE_MS_MAX;
  while (Date.now() < deadline) {
    const last = proxy.writes(WORK).at(-1);
    if (last === undefined || Date.now() - last.atMs > SETTLED_MS) return;
    await sleep(POLL_MS);
  }
  throw new Error(`writes without end: ${JSON.stringify(proxy.writes(WORK).slice(-10))}`);
}

interface ExampleObject {
  readonly apiVersion: string;
  readonly kind: Named['kind'];
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Readonly<Record<string, unknown>> & {
    readonly application?: Readonly<Record<string, unknown>>;
    readonly allowedIncoming?: readonly object[];
    readonly dataServers?: readonly { readonly dataServerRef?: { readonly name: string } }[];
  };
}

/** The resources of an example file, all in one namespace, with images that are here. */
/** The Secret that an example with encryption names. */
function exampleKeys(namespace: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'bank-keys', namespace },
    data: { '2026': Buffer.from('0123456789abcdef'.repeat(4)).toString('base64') },
  };
}

function exampleIn(namespace: string, file: string): Resource[] {
  const text = readFileSync(join(EXAMPLES, file), 'utf8');
  return parseAllDocuments(text)
    .map((document) => document.toJS() as ExampleObject)
    .filter(({ apiVersion }) => apiVersion === API_VERSION)
    .map((example) => {
      const { kind, metadata, spec } = example;
      const { application, dataServers } = spec;
      const object = {
        ...example,
        metadata: { ...metadata, namespace },
        spec: {
          ...spec,
          resources: RESOURCES,
          ...(application === undefined
            ? {}
            : { image: BANK_IMAGE, application: { ...application, module: BANK_MODULE } }),
          ...(dataServers === undefined
            ? {}
            : {
                dataServers: dataServers.map(({ dataServerRef, ...rest }) => ({
                  ...rest,
                  dataServerRef: { ...dataServerRef, namespace },
                })),
              }),
          ...(file.startsWith('two-teams') && kind === 'EcpDataServer'
            ? { allowedIncoming: [{ name: 'tellers', appServers: { name: 'teller' } }] }
            : {}),
        },
      };
      return { kind, namespace, name: metadata.name, object };
    });
}

const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.yaml'),
);
const peaceful = files.map((file) => `example-${file.replace(/^.*\//, '').replace('.yaml', '')}`);

const topology = (namespace: string): Resource[] => [
  bank(namespace, { resources: RESOURCES }),
  teller(namespace, { replicas: 1, resources: RESOURCES }),
];

/** What goes wrong for one namespace: its requests meet these rules. */
type Faults = (namespace: string) => readonly FaultRule[];

const on = (namespace: string, kinds = '[a-z]+'): RegExp =>
  new RegExp(`/namespaces/${namespace}/${kinds}`);
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];
const answers = (status: number, times: number, retryAfterSeconds?: number): Faults => {
  const more = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  return (namespace) => [
    {
      methods: WRITES,
      path: on(namespace),
      times,
      fault: { kind: 'answer', status, ...more },
    },
  ];
};
const watches = (namespace: string): RegExp =>
  new RegExp(`/namespaces/${namespace}/[a-z]+\\?.*watch=`);

const FAULTS: Readonly<Record<string, Faults>> = {
  none: () => [],
  conflicts: answers(409, 6),
  throttled: answers(429, 6, 1),
  failing: answers(500, 6),
  gone: (namespace) => [
    { path: watches(namespace), times: 2 * KINDS_WATCHED, fault: { kind: 'answer', status: 410 } },
  ],
  late: (namespace) => [
    { methods: WRITES, path: on(namespace), fault: { kind: 'delay', ms: 1500 } },
  ],
  cut: (namespace) => [
    { methods: WRITES, path: on(namespace), times: 3, fault: { kind: 'cut', when: 'before' } },
    { methods: WRITES, path: on(namespace), times: 4, fault: { kind: 'cut', when: 'after' } },
  ],
  // What becomes of a pod is not heard of, until the watches are cut and everything has to be listed anew.
  deaf: (namespace) => [
    {
      path: watches(namespace),
      times: KINDS_WATCHED,
      fault: { kind: 'drop-events', drops: ({ type }) => type === 'MODIFIED' },
    },
    { path: watches(namespace), times: KINDS_WATCHED, fault: { kind: 'answer', status: 410 } },
  ],
};
const faulty = Object.keys(FAULTS).map((name) => `fault-${name}`);

// The operators are processes on this machine, and reach pods at their addresses.
if (isPodNetworkReachable) {
  test(
    'story 15 (F-K2): whatever the API server answers or leaves out, the end is the same as without, and with nothing more to do, here and in every example, nothing is written for 60 s',
    story([...faulty, ...peaceful], async ({ namespaces, step, explain, defer }) => {
      const all = Object.values(namespaces);
      const withFaults = all.slice(0, faulty.length);
      const { proxy, keepRunning } = await behindProxy(all, { explain, defer });
      const rules = Object.values(FAULTS).flatMap((faults, i) =>
        faults(withFaults[i] ?? '').map((rule) => proxy.inject(rule)),
      );
      keepRunning();
      const resources = [
        ...withFaults.flatMap((namespace) => topology(namespace)),
        ...files.flatMap((file, i) => exampleIn(all[faulty.length + i] ?? '', file)),
      ];
      apply(all.slice(faulty.length).map(exampleKeys));
      applyResources(...resources);
      await sleep(SETTLED_MS);
      step('all watches are cut, and then everything freezes for a while');
      proxy.cutWatches();
      await sleep(SETTLED_MS / 4);
      proxy.freeze();
      await sleep(SETTLED_MS / 2);
      proxy.thaw();
      await untilReady(...resources);
      step(`ready; faults met: ${rules.map(({ hits }) => hits).join(' ')}`);
      for (const { hits } of rules) expect(hits).toBeGreaterThan(0);
      proxy.heal();
      await untilQuiet(proxy);
      await untilReady(...resources);
      step(
        `${proxy.writes(WORK).length} writes made ${resources.length} resources; now there is nothing to do`,
      );
      const before = proxy.writes(WORK).length;
      await sleep(IDLE_MS);
      expect(proxy.writes(WORK).slice(before)).toEqual([]);
      const [expected, ...others] = withFaults.map((namespace) => endState(namespace));
      for (const [i, state] of others.entries()) {
        expect({ fault: faulty[i + 1], state }).toEqual({ fault: faulty[i + 1], state: expected });
      }
    }),
  );

  test(
    'story 15 (F-K2): an operator killed after each of its writes comes to the same end',
    story(['killed', 'unharmed'], async ({ namespaces, step, explain, defer }) => {
      const { killed, unharmed } = namespaces;
      const both = [killed, unharmed];
      const { proxy, start, keepRunning } = await behindProxy(both, { explain, defer });
      applyResources(...topology(killed));
      const kills = await killAfterEachWrite(proxy, start, topology(killed));
      step(`killed ${kills} times`);
      expect(kills).toBeGreaterThan(5);
      proxy.heal();
      keepRunning();
      applyResources(...topology(unharmed));
      await untilReady(...topology(killed), ...topology(unharmed));
      await untilQuiet(proxy);
      expect(endState(killed)).toEqual(endState(unharmed));
      expect(shell(killed, 'teller-0', 'SET ^A=1 WRITE ^A')).toBe('1');
    }),
  );
}

/**
 * Starts an operator again and again; the n-th is killed after its n-th write, whose answer it does not get. How many
 * there were until one had nothing left to do.
 */
async function killAfterEachWrite(
  proxy: FaultProxy,
  start: () => Promise<OperatorProcess>,
  named: readonly Named[],
): Promise<number> {
  const namespace = named[0]?.namespace ?? '';
  for (let kills = 0; kills < KILLS_MAX;) {
    const rule = proxy.inject({
      methods: WRITES,
      path: on(namespace, '(?!events)[a-z]+'),
      skip: kills,
      times: 1,
      fault: { kind: 'cut', when: 'after' },
    });
    const operator = await start();
    await operator.untilLeader();
    const ledMs = Date.now();
    while (rule.hits === 0 && Date.now() - ledMs < QUIET_MS) await sleep(POLL_MS);
    operator.signal('SIGKILL');
    await operator.untilEnded();
    if (rule.hits > 0) kills++;
    else if (named.every((one) => conditionOf(one, 'Ready')?.status === 'True')) return kills;
    // The dead one's lease need not be waited out.
    kubectl(['delete', 'lease', RELEASE, '-n', OPERATOR_NAMESPACE, '--ignore-not-found']);
  }
  throw new Error(`there was something to write after ${KILLS_MAX} kills`);
}
