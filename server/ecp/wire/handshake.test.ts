import { describe, expect, test } from '@jest/globals';
import { hexOf, readHexLines } from '../../../test/support/hex-lines.ts';
import { HANDSHAKE } from '../../../test/support/wire-samples.ts';
import { FRAME_BYTES_MAX } from '../../base/limits.ts';
import { decodeChannelMessage, encodeChannelMessage, type Hello } from './handshake.ts';

const hello = (change: Partial<Hello>): Uint8Array => {
  const message = HANDSHAKE['hello']!;
  if (message.kind !== 'hello') throw new Error(message.kind);
  return encodeChannelMessage({ kind: 'hello', hello: { ...message.hello, ...change } });
};

describe('channel messages', () => {
  test('have stable bytes (golden)', () => {
    const golden = readHexLines('v1-handshake.hex');
    expect(golden.map(([name]) => name)).toEqual(Object.keys(HANDSHAKE));
    for (const [name, bytes] of golden) {
      expect([name, hexOf(encodeChannelMessage(HANDSHAKE[name]!))]).toEqual([name, hexOf(bytes)]);
      expect(decodeChannelMessage(bytes)).toEqual(HANDSHAKE[name]);
    }
  });

  test.each([
    ['an empty name', hello({ name: '' })],
    ['a name of 129 characters', hello({ name: 'x'.repeat(129) })],
    ['an incarnation that is none', hello({ incarnation: 'not hexadecimal' })],
    ['65 features', hello({ features: new Array<string>(65).fill('f') })],
    ['255 cache shares', hello({ caches: new Array(255).fill({ blockSize: 8192, bytes: 1 }) })],
    ['nothing', new Uint8Array(0)],
    ['an unknown kind', Uint8Array.of(0x3a, 0x00)],
    ['a frame longer than announced', Uint8Array.of(0x22, 1, 1, 1)],
    ['a frame shorter than announced', Uint8Array.of(0x22, 2, 1)],
    ['a frame whose length never ends', Uint8Array.of(0x22, 0x80, 0x80, 0x80, 0x80, 0x80, 1)],
  ])('F-E12: %s is DAMAGED', (_name, bytes) => {
    expect(() => decodeChannelMessage(bytes)).toThrow(/<DAMAGED>/);
  });

  test('frames of every length around the lengths of their lengths', () => {
    for (const length of [0, 1, 127, 128, 16_383, 16_384, FRAME_BYTES_MAX]) {
      const frame = new Uint8Array(length).fill(7);
      expect(decodeChannelMessage(encodeChannelMessage({ kind: 'frame', frame }))).toEqual({
        kind: 'frame',
        frame,
      });
    }
    const tooLong = encodeChannelMessage({
      kind: 'frame',
      frame: new Uint8Array(FRAME_BYTES_MAX + 1),
    });
    expect(() => decodeChannelMessage(tooLong)).toThrow(/<DAMAGED>/);
  });
});
