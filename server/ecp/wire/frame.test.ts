import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hexOf, readHexLines } from '../../../test/support/hex-lines.ts';
import { REPLIES, REQUESTS } from '../../../test/support/wire-samples.ts';
import { ByteWriter } from '../../base/bytes.ts';
import { isEcpError } from '../../base/errors.ts';
import { Block } from '../../storage/block.ts';
import { FAILURE_CODES } from './failure-codes.ts';
import {
  beginReplyFrame,
  beginRequestFrame,
  decodeRequestFrame,
  ReplyFrameReader,
  writeReply,
  writeRequest,
  type Reply,
} from './frame.ts';
import { decodeChannelMessage } from './handshake.ts';

const requestHead = Uint8Array.of(1, 0, 7, 5);
const withHead = (head: Uint8Array, body: Uint8Array): Uint8Array =>
  Uint8Array.from([...head, ...body]);

function repliesOf(frame: Uint8Array): Reply[] {
  const reader = new ReplyFrameReader(frame);
  const replies: Reply[] = [];
  for (let reply = reader.next(); reply !== undefined; reply = reader.next()) replies.push(reply);
  return replies;
}

describe('frames', () => {
  test('requests have stable bytes (golden)', () => {
    const golden = readHexLines('v1-requests.hex');
    expect(golden.map(([name]) => name)).toEqual(Object.keys(REQUESTS));
    for (const [name, bytes] of golden) {
      const writer = new ByteWriter();
      writeRequest(writer, REQUESTS[name]!);
      expect([name, hexOf(writer.copy())]).toEqual([name, hexOf(bytes)]);
      expect(decodeRequestFrame(withHead(requestHead, bytes))).toEqual({
        replay: false,
        firstSequence: 7,
        confirmed: 5,
        requests: [REQUESTS[name]],
      });
    }
  });

  test('replies have stable bytes (golden)', () => {
    const golden = readHexLines('v1-replies.hex');
    expect(golden.map(([name]) => name)).toEqual(Object.keys(REPLIES));
    for (const [name, bytes] of golden) {
      const writer = new ByteWriter();
      writeReply(writer, REPLIES[name]!);
      expect([name, hexOf(writer.copy())]).toEqual([name, hexOf(bytes)]);
      expect(repliesOf(withHead(Uint8Array.of(1), bytes))).toEqual([REPLIES[name]]);
    }
  });

  test('a whole frame: head, then requests of any number', () => {
    const writer = new ByteWriter();
    beginRequestFrame(writer, { replay: true, firstSequence: 300, confirmed: 299 });
    for (const request of Object.values(REQUESTS)) writeRequest(writer, request);
    expect(hexOf(writer.copy()).startsWith('0101ac02ab02')).toBe(true);
    expect(decodeRequestFrame(writer.copy())).toEqual({
      replay: true,
      firstSequence: 300,
      confirmed: 299,
      requests: Object.values(REQUESTS),
    });
    writer.clear();
    beginReplyFrame(writer);
    for (const reply of Object.values(REPLIES)) writeReply(writer, reply);
    expect(repliesOf(writer.copy())).toEqual(Object.values(REPLIES));
  });

  test('error codes keep their places on the wire (golden)', () => {
    expect(FAILURE_CODES.join()).toBe(
      'NETWORK,NETWORK DATA UPDATE FAILED,PROTECT,ROLLBACK ONLY,FILEFULL,LOCKTABLEFULL,SUBSCRIPT,MAXSTRING,SYNTAX,UNDEFINED,NAMESPACE,DATABASE,MAXNUMBER,FROZEN,CONFIGURATION,DAMAGED,CANCELLED,RESOURCE',
    );
  });

  test.each(readHexLines('v1-hostile-requests.hex'))(
    'a request frame of the kept corpus is refused: %s',
    (_name, bytes) => {
      expect(() => decodeRequestFrame(bytes)).toThrow(/<DAMAGED>|<MAXSTRING>/);
    },
  );

  test.each(readHexLines('v1-hostile-replies.hex'))(
    'a reply frame of the kept corpus is refused: %s',
    (_name, bytes) => {
      expect(() => repliesOf(bytes)).toThrow(/<DAMAGED>|<MAXSTRING>/);
    },
  );
});

describe('decoders under random mutations of the corpus', () => {
  const session = readHexLines('v1-session.hex').map(([, bytes]) => bytes);
  const frames = (head: Uint8Array, file: string): Uint8Array[] =>
    readHexLines(file).map(([, bytes]) => withHead(head, bytes));
  const blocks = Object.values(REPLIES).flatMap((reply) =>
    reply.kind === 'block' ? [reply.bytes] : [],
  );

  const decoders: [string, readonly Uint8Array[], (bytes: Uint8Array) => unknown][] = [
    [
      'channel messages',
      [...session, ...readHexLines('v1-handshake.hex').map(([, bytes]) => bytes)],
      decodeChannelMessage,
    ],
    ['request frames', frames(requestHead, 'v1-requests.hex'), decodeRequestFrame],
    ['reply frames', frames(Uint8Array.of(1), 'v1-replies.hex'), repliesOf],
    [
      'blocks',
      blocks,
      (bytes) => {
        const block = Block.decode(bytes);
        for (let i = 0; i < block.count; i++) expect(block.find(block.keyAt(i))).toBe(i);
      },
    ],
  ];

  test.each(decoders)(
    '%s: a value or an EcpError, never anything else',
    (_name, corpus, decode) => {
      const mutation = fc.record({
        at: fc.nat(4000),
        byte: fc.integer({ min: 0, max: 255 }),
        do: fc.constantFrom('put', 'put', 'insert', 'remove', 'cut', 'flip', 'double'),
      });
      fc.assert(
        fc.property(
          fc.nat(corpus.length - 1),
          fc.array(mutation, { minLength: 1, maxLength: 6 }),
          (which, mutations) => {
            let bytes = [...corpus[which]!];
            for (const { at, byte, do: what } of mutations) {
              const place = bytes.length === 0 ? 0 : at % bytes.length;
              if (what === 'put') bytes[place] = byte;
              else if (what === 'flip') bytes[place] = (bytes[place] ?? 0) ^ (1 << (byte & 7));
              else if (what === 'insert') bytes.splice(place, 0, byte);
              else if (what === 'remove') bytes.splice(place, 1 + (byte & 3));
              else if (what === 'cut') bytes = bytes.slice(0, place);
              else bytes = [...bytes, ...bytes.slice(place)];
            }
            try {
              decode(Uint8Array.from(bytes));
            } catch (error) {
              if (!isEcpError(error)) throw error;
            }
          },
        ),
        { numRuns: 2000 },
      );
    },
  );
});
