import { expect, test } from '@jest/globals';
import type { Channel } from '../../ports/transport.ts';
import { Inbox, type WaitingFrame } from './inbox.ts';
import type { Session } from './session.ts';

// The inbox hands it on and never looks into it.
const SESSION = Object.create(null) as Session;
const channel = (): Channel => ({
  peerAddress: '10.0.0.1',
  send: () => true,
  close: () => undefined,
});
const waiting = (of: Channel, length: number): WaitingFrame => ({
  session: SESSION,
  channel: of,
  frame: new Uint8Array(length),
});
const lengths = (inbox: Inbox): number[] => {
  const taken: number[] = [];
  const next = (): WaitingFrame | undefined => inbox.take(() => true);
  for (let entry = next(); entry !== undefined; entry = next()) taken.push(entry.frame.length);
  return taken;
};

test('R10: frames of a channel come out in the order in which they came, channels take turns', () => {
  const inbox = new Inbox();
  const [a, b] = [channel(), channel()];
  for (const entry of [1, 3, 5].map((length) => waiting(a, length))) inbox.put(entry);
  for (const entry of [2, 4].map((length) => waiting(b, length))) inbox.put(entry);
  expect([inbox.has(a), inbox.has(b)]).toEqual([true, true]);
  expect(lengths(inbox)).toEqual([1, 2, 3, 4, 5]);
  expect([inbox.has(a), inbox.has(b)]).toEqual([false, false]);
});

test('frames of a session that is not ready wait, others go on', () => {
  const inbox = new Inbox();
  const [a, b] = [channel(), channel()];
  const busy = Object.create(null) as Session;
  inbox.put({ ...waiting(a, 1), session: busy });
  for (const entry of [2, 4].map((length) => waiting(b, length))) inbox.put(entry);
  const ready = (): number | undefined => inbox.take((session) => session !== busy)?.frame.length;
  expect([ready(), ready(), ready()]).toEqual([2, 4, undefined]);
  expect(lengths(inbox)).toEqual([1]);
});

test('R10: each channel may have a window waiting, and the frame that reaches it', () => {
  const inbox = new Inbox(10);
  const [a, b] = [channel(), channel()];
  expect(inbox.put(waiting(a, 9))).toBe(true);
  expect(inbox.put(waiting(a, 9))).toBe(true);
  expect(inbox.put(waiting(a, 1))).toBe(false);
  expect(inbox.put(waiting(b, 5))).toBe(true);
  inbox.take(() => true);
  expect(inbox.put(waiting(a, 2))).toBe(true);
  expect(lengths(inbox)).toEqual([5, 9, 2]);
});

test('what a channel that is gone left behind is not kept', () => {
  const inbox = new Inbox(10);
  const [a, b] = [channel(), channel()];
  for (const entry of [waiting(a, 9), waiting(b, 5), waiting(a, 1)]) inbox.put(entry);
  inbox.forget(a);
  expect(lengths(inbox)).toEqual([5]);
});
