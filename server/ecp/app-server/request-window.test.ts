import { describe, expect, test } from '@jest/globals';
import { WINDOW_BYTES_MAX, WINDOW_REQUESTS_MAX } from '../../base/limits.ts';
import type { JobSink } from '../job-sink.ts';
import type { Request } from '../wire/frame.ts';
import { Pending } from './pending.ts';
import { RequestWindow } from './request-window.ts';

const job: JobSink = { delayError: () => undefined };

class TestPending extends Pending {
  override readonly isChange: boolean;
  override readonly cost: number;
  answers = 0;
  constructor(isChange: boolean, cost = 100, owner = job) {
    super(owner);
    this.isChange = isChange;
    this.cost = cost;
  }
  protected override requests(): readonly Request[] {
    return [{ kind: 'sync' }];
  }
  override answer(): void {
    this.answers++;
  }
  override fail(): void {
    // Not of interest here.
  }
}

function sent(window: RequestWindow, ...pendings: TestPending[]): TestPending[] {
  for (const pending of pendings) {
    window.push(pending, 0);
    expect(window.hasRoom).toBe(true);
    expect(window.send()).toBe(pending);
  }
  return pendings;
}
const answer = (pending: Pending): void => pending.answer({ kind: 'heartbeat' });

describe('RequestWindow', () => {
  test('numbers ascend without gap from 1; answers visit each once, in order', () => {
    const window = new RequestWindow();
    const all = sent(window, new TestPending(false), new TestPending(true), new TestPending(false));
    expect(all.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    const visited: number[] = [];
    window.answerThrough(2, (pending) => visited.push(pending.sequence));
    window.answerThrough(2, (pending) => visited.push(pending.sequence));
    window.answerThrough(3, (pending) => visited.push(pending.sequence));
    expect(visited).toEqual([1, 2, 3]);
  });

  test('R10: a change is kept, and its bytes count, until it is durable; a read until it is answered', () => {
    const window = new RequestWindow();
    let settled = 0;
    const [change] = sent(window, new TestPending(true, 100), new TestPending(false, 1000));
    change!.onSettled = () => settled++;
    window.answerThrough(2, answer);
    expect([window.sentBytes, window.confirmed, settled]).toEqual([1100, 0, 0]);
    window.becomeDurable(1);
    expect([window.sentBytes, window.confirmed, settled]).toEqual([0, 2, 1]);
  });

  test('R10: the window is bounded in bytes; one request larger than it goes alone', () => {
    const window = new RequestWindow();
    window.push(new TestPending(true, WINDOW_BYTES_MAX * 2), 0);
    expect(window.hasRoom).toBe(true);
    window.send();
    window.push(new TestPending(true, 1), 0);
    expect(window.hasRoom).toBe(false);
    window.answerThrough(1, answer);
    expect(window.hasRoom).toBe(false);
    window.becomeDurable(1);
    expect(window.hasRoom).toBe(true);
  });

  test('R10: requests, sent and waiting, are bounded in number', () => {
    const window = new RequestWindow();
    for (let i = 0; i < WINDOW_REQUESTS_MAX; i++) sent(window, new TestPending(false, 0));
    for (let i = 0; i < WINDOW_REQUESTS_MAX; i++) window.push(new TestPending(false, 0), 0);
    expect(window.hasRoom).toBe(false);
    expect(() => window.push(new TestPending(false, 0), 0)).toThrow(/<RESOURCE>/);
    window.answerThrough(WINDOW_REQUESTS_MAX, answer);
    expect(window.hasRoom).toBe(true);
  });

  test('F-E6: a replay is what has no answer, and changes above what S has; their answers count anew', () => {
    const window = new RequestWindow();
    const [kept, lost, read, unanswered] = sent(
      window,
      new TestPending(true),
      new TestPending(true),
      new TestPending(false),
      new TestPending(false),
    );
    window.answerThrough(3, answer);
    expect(window.replay(1)).toEqual([lost, unanswered]);
    window.answerThrough(4, answer);
    expect([kept, lost, read, unanswered].map((pending) => pending!.answers)).toEqual([1, 2, 1, 1]);
    window.becomeDurable(2);
    expect([window.sentCount, window.confirmed]).toEqual([0, 4]);
  });

  test('an answer to what was never sent is DAMAGED', () => {
    const window = new RequestWindow();
    sent(window, new TestPending(true));
    expect(() => window.answerThrough(2, answer)).toThrow(/<DAMAGED>/);
    expect(() => window.becomeDurable(2)).toThrow(/<DAMAGED>/);
  });

  test('an answer that makes no sense leaves its request unanswered', () => {
    const window = new RequestWindow();
    const [read] = sent(window, new TestPending(false));
    expect(() =>
      window.answerThrough(1, () => {
        throw new Error('senseless');
      }),
    ).toThrow('senseless');
    expect(window.replay(0)).toEqual([read]);
  });

  test('expiry takes a job’s later requests along, in order: none overtakes', () => {
    const window = new RequestWindow();
    const other: JobSink = { delayError: () => undefined };
    const [early, foreign, late] = [
      new TestPending(true),
      new TestPending(true, 1, other),
      new TestPending(true),
    ];
    window.push(early, 0);
    window.push(foreign, 500);
    window.push(late, 900);
    expect(window.takeExpired(100)).toEqual([early, late]);
    expect(window.firstWaiting).toBe(foreign);
  });

  test('a change that has ended is neither kept until durable nor sent again', () => {
    const window = new RequestWindow();
    const [ended, good] = sent(window, new TestPending(true), new TestPending(true));
    window.answerThrough(2, () => undefined);
    ended!.ended = true;
    expect(window.replay(0)).toEqual([good]);
    expect(window.lastChange()).toBe(good);
    good!.ended = true;
    expect(window.lastChange()).toBeUndefined();
  });

  test('the end of a session empties it; numbers begin anew', () => {
    const window = new RequestWindow();
    const [one] = sent(window, new TestPending(true));
    const two = new TestPending(true);
    window.push(two, 0);
    expect(window.takeAll()).toEqual({ sent: [one], waiting: [two] });
    expect([window.nextSequence, window.sentBytes, window.durable]).toEqual([1, 0, 0]);
    expect(window.lastChange()).toBeUndefined();
  });

  test('a long life keeps no trace of what was confirmed', () => {
    const window = new RequestWindow();
    for (let i = 1; i <= 10_000; i++) {
      const [pending] = sent(window, new TestPending(i % 2 === 0));
      window.answerThrough(i, answer);
      window.becomeDurable(i);
      expect(pending!.answers).toBe(1);
    }
    expect([window.sentCount, window.sentBytes, window.confirmed]).toEqual([0, 0, 10_000]);
    expect(window.find(1)?.answered ?? true).toBe(true);
  });
});
