import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareBytes, textOf, utf8 } from '../../base/bytes.ts';
import { encodeKey, subtreeEnd } from '../../globals/key.ts';
import { Overlay, type ChangeToken } from './overlay.ts';

interface Pending {
  readonly kind: 'set' | 'zkill' | 'kill';
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
  readonly token: ChangeToken;
}

const KEYS = [[], [1], [1, 1], [1, 2], [2], [2, 'a'], [3]].map((path) => encodeKey('x', path));
const END = subtreeEnd(KEYS[0]!);

/** The newest unsettled change that says something of the node. */
function newest(pending: readonly Pending[], key: Uint8Array): Pending | undefined {
  return pending.findLast(
    (change) =>
      compareBytes(change.key, key) === 0 ||
      (change.kind === 'kill' &&
        compareBytes(change.key, key) < 0 &&
        compareBytes(key, subtreeEnd(change.key)) < 0),
  );
}

const place = fc.integer({ min: 0, max: KEYS.length - 1 });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('set', 'zkill', 'kill'), place }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('settle'), place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail'), place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('get', 'scan'), place }) },
);

test('A.1.1: reads see the newest change that is not acknowledged, whenever they happen', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const overlay = new Overlay();
      let pending: Pending[] = [];
      for (const [i, { do: what, place: at }] of steps.entries()) {
        const key = KEYS[at]!;
        if (what === 'settle') {
          // The oldest ones, in order: as acknowledgements come.
          for (const change of pending.splice(0, at)) overlay.settle(change.key, change.token);
        } else if (what === 'fail') {
          // The newest one is refused before it was sent.
          const change = pending[pending.length - 1];
          const isAlone =
            change?.kind !== 'kill' &&
            pending.filter(({ key: other }) => compareBytes(other, change?.key ?? END) === 0)
              .length === 1;
          if (change === undefined || !isAlone) continue;
          overlay.settle(change.key, change.token);
          pending = pending.slice(0, -1);
        } else if (what === 'get') {
          const change = newest(pending, key);
          const answer = overlay.at(key);
          if (change === undefined) expect(answer.kind).toBe('silent');
          else if (change.value === undefined) expect(answer.kind).toBe('absent');
          else expect(answer).toEqual({ kind: 'value', value: change.value });
        } else if (what === 'scan') {
          const valued = KEYS.filter((k) => newest(pending, k)?.value !== undefined);
          const next = valued.find((k) => compareBytes(k, key) >= 0);
          expect(overlay.valueAtOrAfter(key, END)).toEqual(next);
          const before = valued.findLast((k) => compareBytes(k, key) < 0);
          expect(overlay.valueBelow(key, KEYS[0]!)).toEqual(before);
        } else {
          const kind = what;
          const value = kind === 'set' ? utf8(`v${i}`) : undefined;
          const token = {};
          pending.push({ kind, key, value, token });
          if (kind === 'kill') overlay.kill(key, token);
          else overlay.set(key, value, token);
        }
      }
      for (const change of pending) overlay.settle(change.key, change.token);
      expect(overlay.isEmpty).toBe(true);
    }),
  );
});

test('what a job wrote is found after thousands of changes were acknowledged unread', () => {
  const overlay = new Overlay();
  const keys = Array.from({ length: 5000 }, (_, i) => encodeKey('x', [i]));
  for (const key of keys) overlay.set(key, utf8('v'), key);
  for (const key of keys.slice(0, 4000)) overlay.settle(key, key);
  expect(overlay.at(keys[3999]!).kind).toBe('silent');
  const answer = overlay.at(keys[4000]!);
  expect(answer.kind === 'value' && textOf(answer.value)).toBe('v');
  for (const key of keys.slice(4000)) overlay.settle(key, key);
  expect(overlay.isEmpty).toBe(true);
});
