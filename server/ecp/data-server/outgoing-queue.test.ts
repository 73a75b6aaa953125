import { describe, expect, test } from '@jest/globals';
import { ByteWriter, utf8 } from '../../base/bytes.ts';
import { FRAME_BYTES_TARGET } from '../../base/limits.ts';
import { ReplyFrameReader, type Reply } from '../wire/frame.ts';
import { OutgoingQueue } from './outgoing-queue.ts';

const invalidate = (low: string): Reply => ({
  kind: 'invalidate',
  database: 2,
  low: utf8(low),
  high: undefined,
});
const block = (name: string): Reply => ({
  kind: 'block',
  sequence: 1,
  database: 2,
  bytes: utf8(name),
});
const applied = (sequence: number): Reply => ({ kind: 'applied', sequence });
const durable = (sequence: number): Reply => ({ kind: 'durable', sequence });

/** Everything that waits, frame by frame, in short: a# applied, d# durable, i(low), b(bytes), f flush. */
function drain(queue: OutgoingQueue): string {
  const out: string[] = [];
  const writer = new ByteWriter();
  while (queue.writeFrame(writer)) {
    const reader = new ReplyFrameReader(writer.copy());
    for (let reply = reader.next(); reply !== undefined; reply = reader.next()) {
      if (reply.kind === 'invalidate') out.push(`i(${Buffer.from(reply.low).toString()})`);
      else if (reply.kind === 'block') out.push(`b(${Buffer.from(reply.bytes).toString()})`);
      else if (reply.kind === 'flush') out.push('f');
      else if ('sequence' in reply) out.push(`${reply.kind[0]!}${reply.sequence}`);
    }
    writer.clear();
  }
  return out.join(' ');
}

function queueOf(bound: number, ...replies: readonly Reply[]): OutgoingQueue {
  const queue = new OutgoingQueue(bound);
  for (const reply of replies) queue.push(reply);
  return queue;
}

describe('OutgoingQueue', () => {
  test('R3: acknowledgements merge with their neighbour only', () => {
    expect(drain(queueOf(9999, applied(1), applied(2), applied(3)))).toBe('a3');
    expect(drain(queueOf(9999, applied(1), invalidate('x'), applied(2)))).toBe('a1 i(x) a2');
    expect(drain(queueOf(9999, applied(1), block('k'), applied(2), durable(1), durable(2)))).toBe(
      'a1 b(k) a2 d2',
    );
  });

  test('R3: what was sent is not merged with what comes after', () => {
    const queue = queueOf(9999, applied(1));
    expect(drain(queue)).toBe('a1');
    queue.push(applied(2));
    expect(drain(queue)).toBe('a2');
  });

  test('R8: too many invalidations become a flush where the first stood; blocks behind it keep theirs', () => {
    const queue = queueOf(
      150,
      applied(1),
      invalidate('a'),
      applied(2),
      block('k'),
      invalidate('k'),
      applied(3),
    );
    expect(queue.flushes).toBe(0);
    queue.push(invalidate('z'));
    queue.push(invalidate('y'));
    expect(queue.flushes).toBe(1);
    expect(drain(queue)).toBe('a1 f a2 b(k) f a3');
  });

  test('R8: after a flush with no block behind it, further invalidations say nothing new', () => {
    const queue = queueOf(
      100,
      invalidate('a'),
      invalidate('b'),
      invalidate('c'),
      invalidate('d'),
      applied(1),
    );
    expect(drain(queue)).toBe('f a1');
  });

  test('R8: a block behind the flush has its own invalidation again', () => {
    const queue = queueOf(
      100,
      invalidate('a'),
      invalidate('b'),
      invalidate('c'),
      block('k'),
      invalidate('k'),
    );
    expect(drain(queue)).toBe('f b(k) i(k)');
  });

  test('R8: a million invalidations stay within the bound', () => {
    const queue = new OutgoingQueue(10_000);
    let bytesMax = 0;
    for (let i = 0; i < 100_000; i++) {
      queue.push(invalidate(String(i)));
      if (i % 1000 === 0) queue.push(block('k'));
      bytesMax = Math.max(bytesMax, queue.bytes);
    }
    expect(bytesMax).toBeLessThan(10_000 + 100 * (2 * 48 + 1) + 100);
  });

  test('frames hold about their target; order goes on over frames', () => {
    const queue = queueOf(
      9999,
      ...Array.from({ length: 40 }, () => block('x'.repeat(8000))),
      applied(1),
    );
    const writer = new ByteWriter();
    expect(queue.writeFrame(writer)).toBe(true);
    expect(writer.length).toBeGreaterThanOrEqual(FRAME_BYTES_TARGET);
    expect(writer.length).toBeLessThan(FRAME_BYTES_TARGET + 8200);
    expect(queue.isEmpty).toBe(false);
    expect(drain(queue).endsWith('a1')).toBe(true);
    expect(queue.bytes).toBe(0);
    expect(queue.writeFrame(writer)).toBe(false);
  });

  test('a lost channel takes everything along', () => {
    const queue = queueOf(100, invalidate('a'), invalidate('b'), invalidate('c'));
    queue.clear();
    expect([queue.isEmpty, queue.bytes]).toEqual([true, 0]);
    queue.push(invalidate('d'));
    expect(drain(queue)).toBe('i(d)');
  });
});
