/** R15, F-D5: the session table as bytes. What refers to it elsewhere is tested with the engine and recovery. */
import { describe, expect, it } from '@jest/globals';
import { ByteReader, ByteWriter, utf8 } from '../base/bytes.ts';
import { SessionTable } from './session-table.ts';

interface Numbers {
  readonly next?: readonly [number: number, epoch: number];
  readonly sessions?: readonly (readonly [number: number, epoch: number])[];
  readonly lastApplied?: number;
  readonly results?: readonly number[];
}

/** A table of these numbers, whatever they are. */
function encoded(numbers: Numbers): Uint8Array {
  const { next = [4, 9], sessions = [[1, 5]], lastApplied = 7, results = [] } = numbers;
  const writer = new ByteWriter();
  writer.varint(next[0]).varint(next[1]).varint(sessions.length);
  for (const [number, epoch] of sessions) {
    writer.varint(number).text('app').text('i').varint(epoch).varint(lastApplied);
    writer.varint(results.length);
    for (const sequence of results) writer.varint(sequence).u8(1).blob(utf8('1'));
  }
  return writer.copy();
}

const decode = (bytes: Uint8Array): SessionTable => {
  const table = new SessionTable();
  table.decode(new ByteReader(bytes, 'table'));
  return table;
};

describe('F-D5: a session table', () => {
  it('becomes the same bytes again', () => {
    const bytes = encoded({
      sessions: [
        [1, 5],
        [3, 8],
      ],
      results: [2, 3, 7],
    });
    const writer = new ByteWriter();
    decode(bytes).encode(writer);
    expect(writer.view()).toEqual(bytes);
  });

  it.each<[string, Numbers]>([
    ['a number of 0', { next: [0, 9], sessions: [] }],
    ['a number of 0', { next: [4, 0], sessions: [] }],
    ['session 4 out of order', { sessions: [[4, 5]] }],
    ['session 0 out of order', { sessions: [[0, 5]] }],
    [
      'session 2 out of order',
      {
        sessions: [
          [2, 5],
          [2, 6],
        ],
      },
    ],
    [
      'session 1 out of order',
      {
        sessions: [
          [2, 5],
          [1, 6],
        ],
      },
    ],
    ['an epoch 9 that never began', { sessions: [[1, 9]] }],
    ['an epoch 0 that never began', { sessions: [[1, 0]] }],
    ['a result of change 3 out of order', { results: [3, 3] }],
    ['a result of change 2 out of order', { results: [3, 2] }],
    ['a result of change 0 out of order', { results: [0] }],
    ['a result of change 8 out of order', { results: [8] }],
  ])('is refused for %s', (problem, numbers) => {
    expect(() => decode(encoded(numbers))).toThrow(`<DAMAGED> table: ${problem}`);
  });
});
