import { describe, expect, test } from '@jest/globals';
import {
  CONFIGURATION,
  IMAGE,
  dataServer,
  observation,
  pod,
  settledSet,
  topologyOf,
} from '../../test/support/decision-samples.ts';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { ecp } from '../../server/api/generated/admin.js';
import { silentLog } from '../../server/ports/log.ts';
import { conditionsIn } from '../api/conditions.ts';
import type { Finding } from '../api/conditions.ts';
import type { EcpDataServerStatus } from '../api/status.ts';
import { EventRecorder } from '../runtime/event-recorder.ts';
import type { KubernetesObject } from '../runtime/kubernetes-object.ts';
import { RecordedMetrics } from '../runtime/testing/recorded-ports.ts';
import type { OwnedPod } from './decisions/owned-pod.ts';
import type { OwnedStatefulSet } from './decisions/owned-stateful-set.ts';
import { InstanceWatch } from './instance-watch.ts';
import type { Pass } from './pass.ts';
import { RESOURCES } from './resource-types.ts';
import { StatusWriter } from './status-writer.ts';
import { EVENT } from './testing/memory-connection.ts';
import { openClient } from './testing/memory-client.ts';
import { SERVICE_ACCOUNT } from './testing/operator-bench.ts';
import { World } from './world.ts';

const KEY = 'EcpDataServer data/bank';
const BANK = RESOURCES.EcpDataServer;
const RESOURCE = dataServer();
const TOPOLOGY = topologyOf(RESOURCE);
const STATUS = 'status EcpDataServer data/bank';
const FROZEN: Finding = { type: 'Degraded', reason: 'Frozen', message: 'the disk is full' };

interface Found {
  readonly findings?: readonly Finding[];
  readonly set?: OwnedStatefulSet;
  readonly pods?: readonly OwnedPod[];
}

/** A resource that was just made, and a writer of its status. */
async function setUp() {
  const time = new VirtualTime();
  const clock = time.clock();
  const { server, connection, cluster, copies } = openClient(clock);
  const metrics = new RecordedMetrics();
  server.create(BANK, {
    apiVersion: BANK.apiVersion,
    kind: BANK.kind,
    metadata: { name: 'bank', namespace: 'data' },
    spec: {},
  });
  const world = new World({
    copies,
    clusterDomain: 'cluster.local',
    serviceAccount: () => SERVICE_ACCOUNT,
  });
  /** Of each pod the same. */
  let said: Parameters<typeof observation>[0] = {};
  let held: Promise<undefined> | undefined;
  const instances = new InstanceWatch({
    admin: {
      status: async () => {
        await held;
        const { version, isReady, revision, hash, dataServers } = observation(said);
        return ecp.admin.v1.StatusReply.encode({
          productVersion: version,
          ready: isReady,
          configurationRevision: revision,
          configurationHash: hash,
          dataServers: dataServers.map(({ name, state, failure }) => ({ name, state, failure })),
        }).finish();
      },
      configure: () => Promise.reject(new Error('nothing is configured here')),
    },
    clock,
    log: silentLog,
    onChange: () => undefined,
  });
  instances.start();
  let events = 0;
  const recorder = new EventRecorder({
    sink: cluster,
    controller: 'ecp.dev/ecp-operator',
    instance: 'operator-0',
    clock,
    log: silentLog,
    metrics,
    uniqueName: () => `event-${++events}`,
  });
  const open = () => new StatusWriter({ cluster, world, instances, recorder, clock, metrics });
  const find = (): KubernetesObject => server.get(BANK, 'data', 'bank');
  const copy = (): KubernetesObject => copies.resources.EcpDataServer.get('data/bank') ?? find();
  const passOf = ({ findings = [], set = settledSet(1), pods = [pod(0)] }: Found): Pass => ({
    key: KEY,
    resource: RESOURCE,
    object: copy(),
    topology: TOPOLOGY,
    claimant: { uid: '', kind: BANK.kind, name: 'bank', manager: '' },
    pods,
    setObject: undefined,
    set,
    claims: [],
    claimPlan: { holdFrom: undefined, adopt: [], grow: [], findings: [] },
    workload: undefined,
    templateHash: undefined,
    image: IMAGE,
    log: silentLog,
    findings: [...findings],
    configuration: { ...CONFIGURATION, text: '' },
    againAfterMs: undefined,
  });
  const writer = open();
  /** What is written for what was found, and when to look again. */
  const write = async (found: Found = {}, by = writer) => {
    instances.follow(new Map([[KEY, found.pods ?? [pod(0)]]]));
    await time.pass(100);
    const before = connection.writes.length;
    const pass = passOf(found);
    await by.write(pass);
    await time.settle();
    const writes = connection.writes.slice(before).filter((name) => !name.includes('Event'));
    return { writes, againAfterMs: pass.againAfterMs };
  };
  const say = (more: typeof said): void => {
    said = more;
  };
  /** Instances answer when the result is called. */
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    held = promise;
    return () => resolve(undefined);
  };
  const eventsSaid = () =>
    server
      .list({ type: EVENT })
      .map(
        (event) => `${String(event['type'])} ${String(event['action'])} ${String(event['reason'])}`,
      );
  await time.settle();
  return { time, server, connection, metrics, writer, open, find, write, say, hold, eventsSaid };
}

const NOTHING = { writes: [], againAfterMs: undefined };
const AT_ONCE = { writes: [STATUS], againAfterMs: undefined };
const statusOf = (object: KubernetesObject) => object['status'] as EcpDataServerStatus;
const conditionIn = (object: KubernetesObject, wanted: string): string | undefined => {
  const found = conditionsIn(object['status']).find(({ type }) => type === wanted);
  return found === undefined ? undefined : `${found.status} ${found.reason}`;
};

describe('K15: a status', () => {
  test('is written at once when there is none', async () => {
    const { write, find } = await setUp();
    expect(await write()).toEqual(AT_ONCE);
    expect(conditionIn(find(), 'Ready')).toBe('True Serving');
    expect(statusOf(find()).observedGeneration).toBe(1);
  });

  test('is not written while it says all', async () => {
    const { write, time } = await setUp();
    await write();
    expect(await write()).toEqual(NOTHING);
    await time.pass(600_000);
    expect(await write()).toEqual(NOTHING);
  });

  test('is written once though the copy has yet to follow, and said once', async () => {
    const { write, server, eventsSaid, time } = await setUp();
    await write();
    server.holdWatches();
    await time.pass(10_000);
    expect(await write({ findings: [FROZEN] })).toEqual(AT_ONCE);
    await time.pass(2000);
    expect(await write({ findings: [FROZEN] })).toEqual(NOTHING);
    server.releaseWatches();
    await time.settle();
    expect(await write({ findings: [FROZEN] })).toEqual(NOTHING);
    expect(eventsSaid().filter((said) => said.includes('Frozen'))).toEqual([
      'Normal Ready Frozen',
      'Warning Degraded Frozen',
    ]);
    const [event] = server.list({ type: EVENT }).filter(({ reason }) => reason === 'Frozen');
    expect(event).not.toHaveProperty('series');
  });

  test.each<[string, Found]>([
    ['a condition', { findings: [FROZEN] }],
    ['a reason', { set: settledSet(1, { ready: 0, isSettled: false }) }],
  ])('is written at once at a transition: %s', async (_what, found) => {
    const { write } = await setUp();
    await write();
    expect((await write(found)).writes).toEqual([STATUS]);
    expect((await write()).writes).toEqual([STATUS]);
  });

  test('is written at once with another generation', async () => {
    const { write, server, find, time } = await setUp();
    await write();
    server.update(BANK, 'data', 'bank', (object) => ({ ...object, spec: { maxAppServers: 9 } }));
    await time.settle();
    expect((await write()).writes).toEqual([STATUS]);
    expect(statusOf(find()).observedGeneration).toBe(2);
  });

  test('gathers for five seconds what is no transition', async () => {
    const { write, say, find, time } = await setUp();
    await write();
    await time.pass(2000);
    say({ version: '0.2.1' });
    await time.pass(1000);
    const first = await write();
    expect(first.writes).toEqual([]);
    expect(first.againAfterMs).toBeGreaterThan(1000);
    expect(first.againAfterMs).toBeLessThanOrEqual(2000);
    expect(statusOf(find()).version).toBe('0.2.0');
    await time.pass(first.againAfterMs ?? 0);
    expect((await write()).writes).toEqual([STATUS]);
    expect(statusOf(find()).version).toBe('0.2.1');
    expect(await write()).toEqual(NOTHING);
  });

  test('takes along what is no transition with one that is', async () => {
    const { write, say, find, time } = await setUp();
    await write();
    say({ version: '0.2.1' });
    await time.pass(3000);
    await write({ findings: [FROZEN] });
    expect(statusOf(find()).version).toBe('0.2.1');
  });

  test('is put right after somebody has changed it', async () => {
    const { write, server, find, time } = await setUp();
    await write();
    await time.pass(10_000);
    server.update(BANK, 'data', 'bank', (object) => ({ ...object, status: {} }));
    await time.settle();
    expect((await write()).writes).toEqual([STATUS]);
    expect(conditionIn(find(), 'Ready')).toBe('True Serving');
  });

  test('is left alone where others say something beside it', async () => {
    const { write, server, find, time } = await setUp();
    await write();
    const seen = {
      type: 'Seen',
      status: 'True',
      reason: 'X',
      message: '',
      lastTransitionTime: 'x',
    };
    server.update(BANK, 'data', 'bank', (object) => {
      const conditions = [...conditionsIn(object['status']), seen];
      return { ...object, status: { ...(object['status'] as object), conditions } };
    });
    await time.settle();
    expect(await write()).toEqual(NOTHING);
    await write({ findings: [FROZEN] });
    expect(statusOf(find()).conditions?.map(({ type }) => type)).toContain('Seen');
  });

  test('is of the incarnation that it was found for, and no other', async () => {
    const { write, server } = await setUp();
    await write();
    server.holdWatches();
    server.remove(BANK, 'data', 'bank');
    const { apiVersion, kind } = BANK;
    server.create(BANK, { apiVersion, kind, metadata: { name: 'bank', namespace: 'data' } });
    await expect(write({ findings: [FROZEN] })).rejects.toMatchObject({ isConflict: true });
  });
});

describe('after a start of the operator a status', () => {
  test('that says all is not written', async () => {
    const { write, open, time } = await setUp();
    await write();
    await time.pass(60_000);
    expect(await write({}, open())).toEqual(NOTHING);
  });

  test('waits until pods that serve have answered once', async () => {
    const { write, hold, find, open, time } = await setUp();
    await write();
    const before = find()['status'];
    const answer = hold();
    const next = open();
    // Of another incarnation, which nobody has asked yet.
    const pods = [pod(0, { uid: 'another' })];
    expect(await write({ pods }, next)).toEqual({ writes: [], againAfterMs: 500 });
    expect(find()['status']).toEqual(before);
    answer();
    await time.settle();
    expect(await write({ pods }, next)).toEqual(NOTHING);
  });

  test('does not wait for pods that do not serve', async () => {
    const { write, hold } = await setUp();
    await write();
    hold();
    const pods = [pod(0, { uid: 'another', isReady: false })];
    const set = settledSet(1, { ready: 0, isSettled: false });
    expect((await write({ pods, set })).writes).toEqual([STATUS]);
  });

  test('that says something of former days is written', async () => {
    const paused: Finding = { type: 'Paused', reason: 'Annotated', message: 'paused' };
    const { write, open, find } = await setUp();
    await write({ findings: [paused] });
    expect(conditionIn(find(), 'Paused')).toBe('True Annotated');
    const next = open();
    expect((await write({}, next)).writes).toEqual([STATUS]);
    expect(conditionIn(find(), 'Paused')).toBeUndefined();
    expect(await write({}, next)).toEqual(NOTHING);
  });
});

describe('its own write', () => {
  test('is recognised, and nobody else’s', async () => {
    const { write, writer, server, find } = await setUp();
    expect(writer.isOwnWrite(KEY, find())).toBe(false);
    await write();
    expect(writer.isOwnWrite(KEY, find())).toBe(true);
    expect(writer.isOwnWrite('EcpDataServer data/other', find())).toBe(false);
    server.update(BANK, 'data', 'bank', (object) => ({ ...object, spec: { maxAppServers: 9 } }));
    expect(writer.isOwnWrite(KEY, find())).toBe(false);
  });
});

describe('events', () => {
  test('begin with whether it is ready, and say nothing of what is well', async () => {
    const { write, eventsSaid } = await setUp();
    await write();
    expect(eventsSaid()).toEqual(['Normal Ready Serving']);
  });

  test('are transitions, with a warning for a fault', async () => {
    const { write, eventsSaid } = await setUp();
    await write();
    await write({ findings: [FROZEN] });
    await write();
    expect(eventsSaid()).toEqual([
      'Normal Ready Serving',
      'Normal Ready Frozen',
      'Warning Degraded Frozen',
      'Normal Degraded AsSpecified',
    ]);
  });

  test('are no other words for the same', async () => {
    const { write, eventsSaid, time, find } = await setUp();
    await write({ findings: [FROZEN] });
    const before = eventsSaid();
    await time.pass(6000);
    await write({ findings: [{ ...FROZEN, message: 'the disk is still full' }] });
    expect(statusOf(find()).conditions?.[0]?.message).toBe('the disk is still full');
    expect(eventsSaid()).toEqual(before);
  });

  test('say nothing of what happens at every change of a list', async () => {
    const { write, eventsSaid } = await setUp();
    await write();
    const pending: Finding = { type: 'ConfigurationApplied', reason: 'Pending', message: 'x' };
    const progress: Finding = { type: 'Progressing', reason: 'NeedsRestart', message: 'x' };
    expect((await write({ findings: [pending, progress] })).writes).toEqual([STATUS]);
    expect(eventsSaid()).toEqual(['Normal Ready Serving']);
  });

  test('say what people asked for, when it begins', async () => {
    const { write, eventsSaid } = await setUp();
    await write();
    await write({ findings: [{ type: 'Paused', reason: 'Annotated', message: 'paused' }] });
    expect(eventsSaid()).toContain('Normal Paused Annotated');
  });

  test('K16: of a resource that another operator looks after are all that is said', async () => {
    const { writer, connection, find, eventsSaid, time } = await setUp();
    const object = find();
    const watched = { key: KEY, object, uid: '', resource: RESOURCE, isPartial: false };
    writer.reportOtherManager({ ...watched, problems: [], unknownFields: [] }, 'ecp/two');
    await time.settle();
    expect(eventsSaid()).toEqual(['Warning Degraded ManagedByOther']);
    expect(connection.writes).toEqual(['create Event data/event-1']);
    expect(find()).toEqual(object);
  });
});

describe('a resource that never had a valid state here', () => {
  test('is said to be wrong, once, with the field', async () => {
    const { writer, connection, find, time, server } = await setUp();
    const write = async () => {
      const watched = { key: KEY, object: find(), uid: '', resource: undefined, isPartial: true };
      const problems = [{ path: ['spec', 'maxAppServers'], message: 'is too many' }];
      await writer.writeInvalid({ ...watched, problems, unknownFields: [] });
      await time.settle();
    };
    await write();
    await write();
    expect(connection.writes.filter((name) => name === STATUS)).toHaveLength(1);
    expect(statusOf(find()).observedGeneration).toBe(1);
    expect(statusOf(find()).conditions).toMatchObject([
      { type: 'Ready', status: 'False', reason: 'InvalidSpec' },
      {
        type: 'Degraded',
        status: 'True',
        message: expect.stringContaining('spec.maxAppServers') as unknown,
      },
    ]);
    server.update(BANK, 'data', 'bank', (object) => ({
      ...object,
      spec: { maxAppServers: 999 },
      status: { ...(object['status'] as object), configuration: { desiredRevision: 7 } },
    }));
    await write();
    // A ConfigMap that is lost meanwhile is written above the revision that was wanted last (K5).
    expect(statusOf(find())).toMatchObject({
      observedGeneration: 2,
      configuration: { desiredRevision: 7 },
    });
  });
});

describe('what may turn into a fault by lasting is looked at again:', () => {
  test('a pod on its way out', async () => {
    const { write } = await setUp();
    await write();
    expect((await write({ pods: [pod(0, { isLeaving: true })] })).againAfterMs).toBe(5000);
  });

  test('a connection that is refused', async () => {
    const { write, say, time } = await setUp();
    say({ dataServers: [{ name: 'HEAD', state: 'Connecting', failure: 'no', since: '' }] });
    await write();
    await time.pass(1000);
    expect((await write()).againAfterMs).toBe(5000);
  });
});

describe('the metric of a resource', () => {
  const series = (status: string) =>
    `ecp_resource_ready{kind="EcpDataServer",namespace="data",name="bank",state="${status}"}`;

  test('follows Ready, and goes with the resource', async () => {
    const { write, writer, metrics } = await setUp();
    await write();
    expect(metrics.value(series('True'))).toBe(1);
    await write({ findings: [FROZEN] });
    expect(metrics.value(series('True'))).toBe(0);
    expect(metrics.value(series('False'))).toBe(1);
    writer.forget(KEY);
    expect(metrics.value(series('False'))).toBeUndefined();
    writer.forget(KEY);
  });
});
