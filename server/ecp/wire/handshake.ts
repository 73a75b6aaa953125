/**
 * The messages of the channel outside frames (proto/channel.proto), as plain values. What comes from a
 * peer is checked here once: names, ranges, counts; the rest of the code trusts the types below.
 */
import { EcpError, messageOf } from '../../base/errors.ts';
import {
  CONNECTIONS_MAX,
  DATABASES_OPEN_MAX,
  FRAME_BYTES_MAX,
  NAME_LENGTH_MAX,
} from '../../base/limits.ts';
import { ecp } from './generated/channel.js';

const { ChannelMessage, Refused } = ecp.channel.v1;
const { Reason } = Refused;

/** Why a data server refuses a connection: the state Connection Failed shows it. */
export type RefusalReason = Exclude<keyof typeof Reason, 'UNSPECIFIED'>;

export interface Hello {
  readonly versionLowest: number;
  readonly versionHighest: number;
  readonly features: readonly string[];
  /** The app server's configured name. */
  readonly name: string;
  /** Drawn anew by every start of its process (rule R11). */
  readonly incarnation: string;
  /** The session to resume; 0 for a new one. */
  readonly session: number;
  readonly epoch: number;
  readonly serverUuid: string;
  /** Sequence number up to which changes are known to be durable (rule R15). */
  readonly durable: number;
  readonly caches: readonly { readonly blockSize: number; readonly bytes: number }[];
  readonly productVersion: string;
}

/** A database of the data server that app servers may name. */
export interface CatalogueEntry {
  /** Of no other database as long as the data server runs. */
  readonly number: number;
  readonly name: string;
  /** Empty while the database is away: every request for it is answered with why. */
  readonly uuid: string;
  readonly blockSize: number;
  readonly readOnly: boolean;
  readonly resource: string;
}

export interface Welcome {
  readonly version: number;
  readonly features: readonly string[];
  readonly serverName: string;
  readonly serverUuid: string;
  readonly session: number;
  readonly epoch: number;
  readonly resumed: boolean;
  /** The last change of this session that is applied. */
  readonly lastApplied: number;
  readonly catalogue: readonly CatalogueEntry[];
  readonly productVersion: string;
}

export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
  readonly retryable: boolean;
}

export interface Goodbye {
  readonly reason: string;
  /** The data server stops for a while only: the session stays to be resumed. */
  readonly sessionKept: boolean;
}

export type ChannelMessage =
  | { readonly kind: 'hello'; readonly hello: Hello }
  | { readonly kind: 'welcome'; readonly welcome: Welcome }
  | { readonly kind: 'refused'; readonly refused: Refusal }
  | { readonly kind: 'frame'; readonly frame: Uint8Array }
  | { readonly kind: 'goodbye'; readonly goodbye: Goodbye };

export function encodeChannelMessage(message: ChannelMessage): Uint8Array {
  switch (message.kind) {
    case 'hello':
      return finish({
        hello: {
          ...message.hello,
          features: [...message.hello.features],
          caches: [...message.hello.caches],
        },
      });
    case 'welcome':
      return finish({
        welcome: {
          ...message.welcome,
          features: [...message.welcome.features],
          catalogue: [...message.welcome.catalogue],
        },
      });
    case 'refused':
      return finish({ refused: { ...message.refused, reason: Reason[message.refused.reason] } });
    case 'goodbye':
      return finish({ goodbye: message.goodbye });
    case 'frame':
      return wrapFrame(message.frame);
  }
}

function finish(message: ecp.channel.v1.ChannelMessage.$Properties): Uint8Array {
  return ChannelMessage.encode(message).finish();
}

/** Tag of the field `frame` (4, length-delimited). */
const FRAME_TAG = 0x22;

/** The hot one: field tag, length, body, with one copy and no encoder object. */
function wrapFrame(body: Uint8Array): Uint8Array {
  let length = body.length;
  let size = 1;
  for (let rest = length; rest >= 0x80; rest >>>= 7) size++;
  const message = new Uint8Array(1 + size + body.length);
  message[0] = FRAME_TAG;
  let at = 1;
  for (; length >= 0x80; length >>>= 7) message[at++] = (length & 0x7f) | 0x80;
  message[at++] = length;
  message.set(body, at);
  return message;
}

/** Decodes what a peer sent; anything malformed is DAMAGED. */
export function decodeChannelMessage(bytes: Uint8Array): ChannelMessage {
  if (bytes[0] === FRAME_TAG) return { kind: 'frame', frame: unwrapFrame(bytes) };
  let message: ecp.channel.v1.ChannelMessage;
  try {
    message = ChannelMessage.decode(bytes);
  } catch (error) {
    throw new EcpError('DAMAGED', `channel message: ${messageOf(error)}`, { cause: error });
  }
  if (message.hello) return { kind: 'hello', hello: helloOf(message.hello) };
  if (message.welcome) return { kind: 'welcome', welcome: welcomeOf(message.welcome) };
  if (message.refused) return { kind: 'refused', refused: refusalOf(message.refused) };
  if (message.goodbye) {
    const { reason, sessionKept } = message.goodbye;
    return {
      kind: 'goodbye',
      goodbye: {
        reason: text(reason, 'goodbye.reason', TEXT_LENGTH_MAX),
        sessionKept: sessionKept ?? false,
      },
    };
  }
  throw new EcpError('DAMAGED', 'channel message: of no known kind');
}

function unwrapFrame(bytes: Uint8Array): Uint8Array {
  let length = 0;
  let at = 1;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    if (byte === undefined || shift > 21) throw new EcpError('DAMAGED', 'frame: bad length');
    length += (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  if (length !== bytes.length - at) {
    throw new EcpError('DAMAGED', `frame: ${length} bytes announced, ${bytes.length - at} there`);
  }
  if (length > FRAME_BYTES_MAX) {
    throw new EcpError('DAMAGED', `frame: ${length} bytes, at most ${FRAME_BYTES_MAX} allowed`);
  }
  return bytes.subarray(at);
}

const TEXT_LENGTH_MAX = 1024;
const FEATURES_MAX = 64;
const UUID = /^([0-9a-f]{32})?$/;

function helloOf(hello: ecp.channel.v1.Hello.$Properties): Hello {
  const name = text(hello.name, 'hello.name', NAME_LENGTH_MAX);
  if (name === '') throw new EcpError('DAMAGED', 'hello.name: must not be empty');
  return {
    versionLowest: integer(hello.versionLowest, 'hello.version_lowest'),
    versionHighest: integer(hello.versionHighest, 'hello.version_highest'),
    features: features(hello.features),
    name,
    incarnation: uuid(hello.incarnation, 'hello.incarnation'),
    session: integer(hello.session, 'hello.session'),
    epoch: integer(hello.epoch, 'hello.epoch'),
    serverUuid: uuid(hello.serverUuid, 'hello.server_uuid'),
    durable: integer(hello.durable, 'hello.durable'),
    caches: list(hello.caches, 'hello.caches', CONNECTIONS_MAX).map((share) => ({
      blockSize: integer(share.blockSize, 'hello.caches.block_size'),
      bytes: integer(share.bytes, 'hello.caches.bytes'),
    })),
    productVersion: text(hello.productVersion, 'hello.product_version', NAME_LENGTH_MAX),
  };
}

function welcomeOf(welcome: ecp.channel.v1.Welcome.$Properties): Welcome {
  return {
    version: integer(welcome.version, 'welcome.version'),
    features: features(welcome.features),
    serverName: text(welcome.serverName, 'welcome.server_name', NAME_LENGTH_MAX),
    serverUuid: uuid(welcome.serverUuid, 'welcome.server_uuid'),
    session: integer(welcome.session, 'welcome.session'),
    epoch: integer(welcome.epoch, 'welcome.epoch'),
    resumed: welcome.resumed ?? false,
    lastApplied: integer(welcome.lastApplied, 'welcome.last_applied'),
    catalogue: catalogueOf(welcome.catalogue),
    productVersion: text(welcome.productVersion, 'welcome.product_version', NAME_LENGTH_MAX),
  };
}

function catalogueOf(
  entries: readonly ecp.channel.v1.CatalogueEntry.$Properties[] | null | undefined,
): CatalogueEntry[] {
  return list(entries, 'welcome.catalogue', DATABASES_OPEN_MAX).map((entry) => ({
    number: integer(entry.number, 'catalogue.number'),
    name: text(entry.name, 'catalogue.name', NAME_LENGTH_MAX),
    uuid: uuid(entry.uuid, 'catalogue.uuid'),
    blockSize: integer(entry.blockSize, 'catalogue.block_size'),
    readOnly: entry.readOnly ?? false,
    resource: text(entry.resource, 'catalogue.resource', NAME_LENGTH_MAX),
  }));
}

function refusalOf(refused: ecp.channel.v1.Refused.$Properties): Refusal {
  const number = integer(refused.reason, 'refused.reason');
  const reason = (Object.keys(Reason) as (keyof typeof Reason)[]).find(
    (name) => (Reason[name] as number) === number,
  );
  return {
    reason: reason === undefined || reason === 'UNSPECIFIED' ? 'PROTOCOL' : reason,
    message: text(refused.message, 'refused.message', TEXT_LENGTH_MAX),
    retryable: refused.retryable ?? false,
  };
}

/** protobufjs hands 64-bit integers over as numbers or as Long objects, whose text is the number. */
function integer(value: unknown, field: string): number {
  const number = value === undefined || value === null ? 0 : Number(value);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new EcpError('DAMAGED', `${field}: not an integer between 0 and 2^53 - 1`);
  }
  return number;
}

function text(value: string | null | undefined, field: string, lengthMax: number): string {
  const given = value ?? '';
  if (given.length > lengthMax) throw new EcpError('DAMAGED', `${field}: longer than ${lengthMax}`);
  return given;
}

function uuid(value: string | null | undefined, field: string): string {
  const given = value ?? '';
  if (!UUID.test(given)) throw new EcpError('DAMAGED', `${field}: not 32 hexadecimal digits`);
  return given;
}

function list<T>(
  value: readonly T[] | null | undefined,
  field: string,
  countMax: number,
): readonly T[] {
  const given = value ?? [];
  if (given.length > countMax) throw new EcpError('DAMAGED', `${field}: more than ${countMax}`);
  return given;
}

function features(value: readonly string[] | null | undefined): string[] {
  return list(value, 'features', FEATURES_MAX).map((name) =>
    text(name, 'features', NAME_LENGTH_MAX),
  );
}
