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
  for (let entry = inbox.take(); entry !== undefined; entry = inbox.take())
    taken.push(entry.frame.length);
  return taken;
};

test('R10: frames come out in the order in which they came, over all channels', () => {
  const inbox = new Inbox();
  const [a, b] = [channel(), channel()];
  for (const entry of [waiting(a, 1), waiting(b, 2), waiting(a, 3)]) inbox.put(entry);
  expect(lengths(inbox)).toEqual([1, 2, 3]);
  expect(inbox.isEmpty).toBe(true);
});

test('R10: each channel may have a window waiting, and the frame that reaches it', () => {
  const inbox = new Inbox(10);
  const [a, b] = [channel(), channel()];
  expect(inbox.put(waiting(a, 9))).toBe(true);
  expect(inbox.put(waiting(a, 9))).toBe(true);
  expect(inbox.put(waiting(a, 1))).toBe(false);
  expect(inbox.put(waiting(b, 5))).toBe(true);
  inbox.take();
  expect(inbox.put(waiting(a, 2))).toBe(true);
  expect(lengths(inbox)).toEqual([9, 5, 2]);
});

test('what a channel that is gone left behind is not kept', () => {
  const inbox = new Inbox(10);
  const [a, b] = [channel(), channel()];
  for (const entry of [waiting(a, 9), waiting(b, 5), waiting(a, 1)]) inbox.put(entry);
  inbox.forget(a);
  expect(lengths(inbox)).toEqual([5]);
});
