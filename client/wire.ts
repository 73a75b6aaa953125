/**
 * Messages of the client API (proto/client.proto) ↔ what the client works with. References and values are
 * checked while they are encoded, so that nothing wrong is ever sent.
 */
import { EcpError, type EcpErrorCode, messageOf } from '../server/base/errors.ts';
import { ecp } from '../server/api/generated/client.js';
import { KeyEncoder } from '../server/globals/key.ts';
import { subscriptOfText, subscriptTexts } from '../server/globals/subscript-text.ts';
import type { ReadSubscript, Subscript } from '../server/globals/types.ts';

const { ClientMessage, ServerMessage } = ecp.client.v1;
const { Outcome, Retry } = ecp.client.v1.Error;

export type Operation = ecp.client.v1.Operation.$Properties;
export type Reference = ecp.client.v1.Reference.$Properties;
export type Reply = ecp.client.v1.Reply.$Properties;
export type Entry = ecp.client.v1.Entry.$Properties;
type WireError = ecp.client.v1.Error.$Properties;

const encoder = new KeyEncoder();

/**
 * A reference as it is sent. EcpError SYNTAX, SUBSCRIPT or MAXNUMBER where it is none (globals/key.ts).
 * With `seek` the last subscript may be empty.
 */
export function encodeReference(
  global: string,
  path: readonly Subscript[],
  subscripts: readonly Subscript[],
  options: { readonly seek?: boolean } = {},
): Reference {
  const length =
    options.seek === true
      ? encoder.encodeSeek(global, subscripts, path)
      : encoder.encode(global, subscripts, path);
  return { global, subscripts: subscriptTexts(encoder.copy(length), global.length + 1) };
}

/** One subscript as it is sent. Errors as encodeReference. */
export function encodeSubscript(subscript: Subscript): Uint8Array {
  const [text] = encodeReference('x', [], [subscript]).subscripts ?? [];
  return text as Uint8Array;
}

export function subscriptsOf(texts: readonly Uint8Array[] | null | undefined): ReadSubscript[] {
  return (texts ?? []).map(subscriptOfText);
}

/** About how many bytes an operation takes. */
export function sizeOf(operation: Operation): number {
  let size = 64 + (operation.set?.value?.length ?? 0);
  const node = operation.set?.node ?? operation.get;
  const names = operation.lock?.names ?? operation.unlock?.names ?? [];
  for (const { subscripts } of [...(node ? [node] : []), ...names])
    for (const text of subscripts ?? []) size += text.length + 2;
  return size;
}

export function encodeOperations(operations: Operation[]): Uint8Array {
  return ClientMessage.encode({ operations }).finish();
}

/** EcpError DAMAGED where the bytes are no message. */
export function decodeServerMessage(bytes: Uint8Array): {
  readonly replies: readonly Reply[];
  readonly events: readonly ecp.client.v1.Event.$Properties[];
} {
  try {
    return ServerMessage.decode(bytes);
  } catch (cause) {
    throw new EcpError('DAMAGED', `server message: ${messageOf(cause)}`, { cause });
  }
}

/** The error that the server sent. A code that only a newer server knows is kept as it is. */
export function errorOf(error: WireError): EcpError {
  const { reference } = error;
  return new EcpError((error.code ?? 'DAMAGED') as EcpErrorCode, error.message ?? '', {
    retry:
      error.retry === Retry.SAME ? 'same' : error.retry === Retry.RECONNECT ? 'reconnect' : 'never',
    outcome: error.outcome === Outcome.MAYBE ? 'maybe' : 'none',
    locksLost: error.locksLost === true,
    ...(reference !== undefined && reference !== null && reference !== '' && { reference }),
  });
}
