import { beforeEach, describe, expect, test } from '@jest/globals';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { ApiError } from './api-error.ts';
import { EventRecorder, NOTE_BYTES_MAX } from './event-recorder.ts';
import type { EventSink, EventToRecord } from './event-recorder.ts';
import type { KubernetesObject, ResourceType } from './kubernetes-object.ts';
import { RecordedLog, RecordedMetrics } from './testing/recorded-ports.ts';

const BANK: EventToRecord = {
  regarding: {
    apiVersion: 'ecp.dev/v1alpha1',
    kind: 'EcpDataServer',
    name: 'bank',
    namespace: 'data',
    uid: 'uid-1',
  },
  type: 'Normal',
  reason: 'Scaled',
  action: 'Scale',
  note: 'from 2 to 4',
};
const noted = (note: string): EventToRecord => ({ ...BANK, note });

/** Keeps what it is sent; refuses or holds it when told so. */
class Sink implements EventSink {
  readonly created: KubernetesObject[] = [];
  readonly patched: { readonly place: string; readonly patch: object }[] = [];
  /** Of each request the first one here, while there is one. */
  readonly failures: unknown[] = [];
  /** The Event is made, and its answer lost. */
  isUnheard = false;
  /** Requests wait while this is there. */
  gate: Promise<unknown> | undefined;
  underWay = 0;
  underWayMax = 0;

  async #request(): Promise<void> {
    this.underWayMax = Math.max(this.underWayMax, ++this.underWay);
    await (this.gate ?? Promise.resolve());
    this.underWay--;
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure as Error;
  }

  async create(_type: ResourceType, object: KubernetesObject): Promise<KubernetesObject> {
    await this.#request();
    if (this.created.some(({ metadata }) => metadata.name === object.metadata.name)) {
      throw new ApiError(409, 'AlreadyExists', 'exists');
    }
    this.created.push(object);
    if (this.isUnheard) throw new ApiError(0, 'NoAnswer', 'reset');
    return object;
  }

  async mergePatch(
    _type: ResourceType,
    namespace: string | undefined,
    name: string,
    patch: object,
  ): Promise<KubernetesObject> {
    await this.#request();
    this.patched.push({ place: `${namespace ?? ''}/${name}`, patch });
    return { apiVersion: '', kind: '', metadata: { name } };
  }

  get notes(): unknown[] {
    return this.created.map((event) => event['note']);
  }
}

let time: VirtualTime;
let sink: Sink;
let metrics: RecordedMetrics;
let log: RecordedLog;
let recorder: EventRecorder;

beforeEach(async () => {
  time = new VirtualTime();
  await time.pass(1500);
  sink = new Sink();
  metrics = new RecordedMetrics();
  log = new RecordedLog();
  let names = 0;
  recorder = new EventRecorder({
    sink,
    controller: 'ecp.dev/operator',
    instance: 'operator-0',
    clock: time.clock(),
    log,
    metrics,
    uniqueName: () => `event-${++names}`,
  });
});

const lost = (reason: string): number | undefined =>
  metrics.value(`events_lost_total{reason="${reason}"}`);

/** Lets somebody through, or not. */
function hold(): () => void {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  sink.gate = promise;
  return () => {
    sink.gate = undefined;
    resolve(undefined);
  };
}

describe('an event', () => {
  test('is sent as events.k8s.io/v1 wants it', async () => {
    recorder.record(BANK);
    await time.settle();
    expect(sink.created).toEqual([
      {
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        metadata: { name: 'event-1', namespace: 'data' },
        eventTime: '1970-01-01T00:00:01.500000Z',
        reportingController: 'ecp.dev/operator',
        reportingInstance: 'operator-0',
        regarding: BANK.regarding,
        type: 'Normal',
        reason: 'Scaled',
        action: 'Scale',
        note: 'from 2 to 4',
      },
    ]);
  });

  test('is where its object is; of an object without a namespace, in `default`', async () => {
    const { namespace: _namespace, ...node } = { ...BANK.regarding, kind: 'Node', namespace: '' };
    recorder.record({ ...BANK, regarding: { ...node, namespace: '' } });
    recorder.record({ ...BANK, regarding: { ...BANK.regarding, namespace: 'branch', uid: 'u2' } });
    await time.settle();
    expect(sink.created.map(({ metadata }) => metadata.namespace)).toEqual(['default', 'branch']);
    expect(sink.created[0]?.['regarding']).toEqual(node);
  });

  test.each([
    ['of 1024 bytes is whole', 'n'.repeat(NOTE_BYTES_MAX), 'n'.repeat(NOTE_BYTES_MAX)],
    ['longer is cut', 'n'.repeat(NOTE_BYTES_MAX + 1), `${'n'.repeat(NOTE_BYTES_MAX - 3)}…`],
    ['is cut between characters', `n${'é'.repeat(600)}`, `n${'é'.repeat(510)}…`],
    ['is cut between characters of four bytes', '😀'.repeat(300), `${'😀'.repeat(255)}…`],
  ])('whose note %s', async (_what, given, sent) => {
    recorder.record(noted(given));
    await time.settle();
    expect(sink.notes).toEqual([sent]);
    expect(Buffer.byteLength(sent)).toBeLessThanOrEqual(NOTE_BYTES_MAX);
  });

  test('is recorded without waiting, and sent after those before it', async () => {
    const open = hold();
    for (const note of ['a', 'b', 'c']) recorder.record(noted(note));
    await time.settle();
    expect(sink.notes).toEqual([]);
    open();
    await time.settle();
    expect(sink.notes).toEqual(['a', 'b', 'c']);
    expect(sink.underWayMax).toBe(1);
  });
});

describe('the same event again', () => {
  test('within ten minutes of the last becomes a series of the first', async () => {
    recorder.record(BANK);
    for (let i = 0; i < 3; i++) {
      await time.pass(599_000);
      recorder.record(BANK);
    }
    await time.settle();
    expect(sink.created).toHaveLength(1);
    expect(sink.patched).toEqual([
      {
        place: 'data/event-1',
        patch: { series: { count: 2, lastObservedTime: '1970-01-01T00:10:00.500000Z' } },
      },
      {
        place: 'data/event-1',
        patch: { series: { count: 3, lastObservedTime: '1970-01-01T00:19:59.500000Z' } },
      },
      {
        place: 'data/event-1',
        patch: { series: { count: 4, lastObservedTime: '1970-01-01T00:29:58.500000Z' } },
      },
    ]);
  });

  test('later is a new one', async () => {
    recorder.record(BANK);
    await time.pass(600_001);
    recorder.record(BANK);
    await time.settle();
    expect(sink.created.map(({ metadata }) => metadata.name)).toEqual(['event-1', 'event-2']);
    expect(sink.patched).toEqual([]);
  });

  test.each<[string, EventToRecord]>([
    ['object', { ...BANK, regarding: { ...BANK.regarding, uid: 'uid-2' } }],
    ['type', { ...BANK, type: 'Warning' }],
    ['reason', { ...BANK, reason: 'Rolled' }],
    ['note', noted('from 4 to 1')],
  ])('with another %s is another', async (_what, other) => {
    recorder.record(BANK);
    recorder.record(other);
    await time.settle();
    expect(sink.created).toHaveLength(2);
  });

  test('and again while one is sent costs one request, with the newest count', async () => {
    const open = hold();
    recorder.record(noted('before'));
    for (let i = 0; i < 50; i++) recorder.record(BANK);
    open();
    await time.settle();
    expect(sink.notes).toEqual(['before', 'from 2 to 4']);
    expect(sink.created[1]?.['series']).toEqual({
      count: 50,
      lastObservedTime: '1970-01-01T00:00:01.500000Z',
    });
    expect(sink.patched).toEqual([]);
    const openAgain = hold();
    for (let i = 0; i < 50; i++) recorder.record(BANK);
    openAgain();
    await time.settle();
    // The first went out at once, the others while it was under way.
    expect(sink.patched.map(({ patch }) => patch)).toMatchObject([
      { series: { count: 51 } },
      { series: { count: 100 } },
    ]);
  });

  test('while its first is tried again goes with that', async () => {
    sink.failures.push(new ApiError(0, 'NoAnswer', 'refused'));
    recorder.record(BANK);
    await time.settle();
    recorder.record(BANK);
    await time.pass(60_000);
    expect(sink.created).toMatchObject([{ series: { count: 2 } }]);
    expect(sink.patched).toEqual([]);
  });

  test('whose first has gone is made anew', async () => {
    recorder.record(BANK);
    await time.settle();
    sink.failures.push(new ApiError(404, 'NotFound', 'gone'));
    recorder.record(BANK);
    await time.settle();
    expect(sink.created.map(({ metadata }) => metadata.name)).toEqual(['event-1', 'event-2']);
    recorder.record(BANK);
    await time.settle();
    expect(sink.patched.map(({ place }) => place)).toEqual(['data/event-2']);
  });
});

describe('what cannot be sent', () => {
  test('now is tried again, later each time, under the same name', async () => {
    sink.failures.push(
      new ApiError(0, 'NoAnswer', 'refused'),
      new ApiError(500, 'InternalError', 'no'),
    );
    recorder.record(BANK);
    await time.pass(2999);
    expect(sink.created).toEqual([]);
    await time.pass(1);
    expect(sink.created.map(({ metadata }) => metadata.name)).toEqual(['event-1']);
    expect([lost('refused'), log.messages('warn')]).toEqual([0, []]);
  });

  test('waits for as long as the server asks, within reason', async () => {
    sink.failures.push(new ApiError(429, 'TooManyRequests', 'slow', 8000));
    sink.failures.push(new ApiError(429, 'TooManyRequests', 'slow', 86_400_000));
    recorder.record(BANK);
    await time.pass(37_999);
    expect(sink.created).toEqual([]);
    await time.pass(1);
    expect(sink.created).toHaveLength(1);
  });

  test('but was made, its answer lost, is there once', async () => {
    sink.isUnheard = true;
    recorder.record(BANK);
    await time.settle();
    sink.isUnheard = false;
    await time.pass(60_000);
    recorder.record(BANK);
    await time.settle();
    expect(sink.created).toHaveLength(1);
    expect(sink.patched).toMatchObject([
      { place: 'data/event-1', patch: { series: { count: 2 } } },
    ]);
    expect(lost('refused')).toBe(0);
  });

  test('after a few tries is counted and let go, and the next one is sent', async () => {
    for (let i = 0; i < 4; i++) sink.failures.push(new ApiError(503, 'Unavailable', 'no'));
    recorder.record(noted('a'));
    recorder.record(noted('b'));
    await time.pass(60_000);
    expect(sink.notes).toEqual(['b']);
    expect(lost('refused')).toBe(1);
    expect(log.lines).toMatchObject([{ level: 'warn', reason: 'Scaled' }]);
  });

  test.each([
    ['refused for good', new ApiError(403, 'Forbidden', 'the namespace is being terminated')],
    ['a failure that nobody knows', new Error('bug')],
  ])('because it is %s is not tried again', async (_what, error) => {
    sink.failures.push(error);
    recorder.record(noted('a'));
    recorder.record(noted('b'));
    await time.settle();
    expect(sink.notes).toEqual(['b']);
    expect(lost('refused')).toBe(1);
  });

  test('does not make recording fail, whatever throws', async () => {
    const failing = new EventRecorder({
      sink: {
        create: () => {
          throw new Error('at once');
        },
        mergePatch: () => Promise.reject(new Error('later')),
      },
      controller: 'c',
      instance: 'i',
      clock: time.clock(),
      log,
      metrics,
      uniqueName: () => {
        throw new Error('no name');
      },
    });
    failing.record(BANK);
    await time.run(failing.flush(1000), 0);
    expect(lost('refused')).toBe(1);
  });
});

describe('bounds', () => {
  test('of more than a thousand that wait the oldest go, and are counted', async () => {
    const open = hold();
    for (let i = 0; i <= 1010; i++) recorder.record(noted(`note ${i}`));
    open();
    await time.settle();
    expect(lost('queue_full')).toBe(10);
    // The first was under way already.
    expect(sink.notes.slice(0, 2)).toEqual(['note 0', 'note 11']);
    expect(sink.notes).toHaveLength(1001);
    // One that went is new when it comes again.
    recorder.record(noted('note 5'));
    await time.settle();
    expect(sink.notes.at(-1)).toBe('note 5');
  });

  test('a thousand series are remembered, those seen last', async () => {
    recorder.record(noted('rare'));
    recorder.record(noted('frequent'));
    for (let i = 0; i < 999; i++) {
      recorder.record(noted(`note ${i}`));
      if (i === 500) recorder.record(noted('frequent'));
      await time.settle();
    }
    sink.created.length = 0;
    recorder.record(noted('frequent'));
    recorder.record(noted('rare'));
    await time.settle();
    expect(sink.notes).toEqual(['rare']);
  });
});

describe('a flush', () => {
  test('ends when all is sent', async () => {
    const open = hold();
    recorder.record(noted('a'));
    recorder.record(noted('b'));
    const flushed = recorder.flush(10_000);
    await time.pass(1000);
    open();
    await time.run(flushed, 0);
    expect(sink.notes).toEqual(['a', 'b']);
  });

  test('ends at its limit when the server does not answer', async () => {
    hold();
    recorder.record(BANK);
    const beganMs = time.nowMs;
    await time.run(recorder.flush(3000), 3000);
    expect(time.nowMs - beganMs).toBe(3000);
  });

  test('of nothing is over at once', async () => {
    await time.run(recorder.flush(10_000), 0);
    expect(sink.created).toEqual([]);
  });
});
