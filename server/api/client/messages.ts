/**
 * Messages of the client API (proto/client.proto) ↔ what the session works with. Bytes from a client are
 * checked here for form; names, subscripts and values are checked by the operations themselves.
 */
import { EMPTY } from '../../base/bytes.ts';
import { EcpError, messageOf } from '../../base/errors.ts';
import { CLIENT_MESSAGE_BYTES_MAX } from '../../base/limits.ts';
import type { Subscript } from '../../globals/types.ts';
import type { LockReference } from '../../instance/database.ts';
import { ecp } from '../generated/client.js';

const { ClientMessage, ServerMessage } = ecp.client.v1;
const { Outcome, Retry } = ecp.client.v1.Error;

export type Operation = ecp.client.v1.Operation.$Shape;
export type Kind = NonNullable<Operation['kind']>;
export type LockOperation = ecp.client.v1.Lock.$Properties;
export type Scan = ecp.client.v1.Scan.$Properties;
export type Reply = ecp.client.v1.Reply.$Properties;
/** A reply without its id. */
export type Result = Omit<Reply, 'id'>;
export type Entry = ecp.client.v1.Entry.$Properties;
export type Event = ecp.client.v1.Event.$Properties;

/** The operations of a message; EcpError DAMAGED where the bytes are no message. */
export function decodeOperations(bytes: Uint8Array): readonly Operation[] {
  if (bytes.length > CLIENT_MESSAGE_BYTES_MAX) {
    throw new EcpError('DAMAGED', `a message of ${bytes.length} bytes`);
  }
  try {
    return ClientMessage.decode(bytes).operations;
  } catch (cause) {
    throw new EcpError('DAMAGED', `client message: ${messageOf(cause)}`, { cause });
  }
}

export function encodeServerMessage(message: {
  readonly replies: Reply[];
  readonly events: Event[];
}): Uint8Array {
  return ServerMessage.encode(message).finish();
}

/** About how many bytes a reply takes. */
export function sizeOf(result: Result): number {
  let size = 16 + (result.value?.length ?? 0) + (result.subscript?.length ?? 0);
  size += (result.error?.message?.length ?? 0) * 3;
  for (const text of result.path?.subscripts ?? []) size += text.length + 4;
  for (const entry of result.page?.entries ?? []) size += sizeOfEntry(entry);
  return size;
}

export function sizeOfEntry(entry: Entry): number {
  let size = 8 + (entry.value?.length ?? 0);
  for (const text of entry.subscripts ?? []) size += text.length + 4;
  return size;
}

export function errorOf(error: EcpError): ecp.client.v1.Error.$Properties {
  const prefix = `<${error.code}> `;
  return {
    code: error.code,
    message: error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message,
    retry:
      Retry[error.retry === 'same' ? 'SAME' : error.retry === 'reconnect' ? 'RECONNECT' : 'NEVER'],
    outcome: Outcome[error.outcome === 'maybe' ? 'MAYBE' : 'NONE'],
    reference: error.reference ?? '',
    locksLost: error.locksLost,
  };
}

/** A reference as the interface takes it. EcpError SYNTAX where there is none. */
export function referenceOf(reference: ecp.client.v1.Reference.$Properties | null | undefined): {
  readonly global: string;
  readonly subscripts: readonly Subscript[];
} {
  if (!reference) throw new EcpError('SYNTAX', 'a reference is missing');
  return { global: reference.global ?? '', subscripts: subscriptsOf(reference.subscripts) };
}

/** Names to be locked, as the interface takes them. */
export function lockReferencesOf(
  names: readonly ecp.client.v1.Reference.$Properties[] | null | undefined,
): readonly LockReference[] {
  return (names ?? []).map((name) => {
    const { global, subscripts } = referenceOf(name);
    return [global, ...subscripts];
  });
}

/** Empty bytes become the empty string: where the interface gives it a meaning it asks for exactly that. */
export function subscriptsOf(texts: readonly Uint8Array[] | null | undefined): Subscript[] {
  return (texts ?? []).map((text): Subscript => (text.length === 0 ? '' : text));
}

export function bytesOf(bytes: Uint8Array | null | undefined): Uint8Array {
  return bytes ?? EMPTY;
}
