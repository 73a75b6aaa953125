/** How a message reads in a trace: its parts in order, numbered requests with their sequence numbers. */
import {
  decodeRequestFrame,
  ReplyFrameReader,
  UNNUMBERED,
} from '../../../server/ecp/wire/frame.ts';
import type { Reply, Request } from '../../../server/ecp/wire/frame.ts';
import { decodeChannelMessage } from '../../../server/ecp/wire/handshake.ts';
import { pathOf } from './key-space.ts';

export function describeMessage(bytes: Uint8Array): string {
  const message = decodeChannelMessage(bytes);
  switch (message.kind) {
    case 'hello': {
      const { session, epoch, durable } = message.hello;
      return `hello session=${session} epoch=${epoch} durable=${durable}`;
    }
    case 'welcome': {
      const { session, epoch, resumed, lastApplied } = message.welcome;
      return `welcome session=${session} epoch=${epoch} resumed=${resumed} lastApplied=${lastApplied}`;
    }
    case 'refused':
      return `refused ${message.refused.reason}: ${message.refused.message}`;
    case 'goodbye':
      return `goodbye ${message.goodbye.reason}`;
    case 'frame':
      return describeFrame(message.frame);
  }
}

/** Request and reply frames look alike from outside: the way a message goes tells; here, what decodes. */
function describeFrame(frame: Uint8Array): string {
  const code = frame[1] ?? 0;
  if (code >= FIRST_REPLY) return describeReplies(frame);
  const { replay, firstSequence, confirmed, requests } = decodeRequestFrame(frame);
  let sequence = firstSequence;
  const parts = requests.map((request) =>
    UNNUMBERED.has(request.kind) ? request.kind : `${sequence++}:${describeRequest(request)}`,
  );
  return `${replay ? 'replay ' : ''}confirmed=${confirmed} ${parts.join(' ')}`;
}

const FIRST_REPLY = 0x40;

function describeRequest(request: Request): string {
  if (request.kind === 'change') {
    const { change } = request;
    return change.kind === 'killRange' ? change.kind : `${change.kind} ${place(change.key)}`;
  }
  return 'key' in request ? `${request.kind} ${place(request.key)}` : request.kind;
}

function describeReplies(frame: Uint8Array): string {
  const reader = new ReplyFrameReader(frame);
  const parts: string[] = [];
  for (let reply = reader.next(); reply !== undefined; reply = reader.next()) {
    parts.push(describeReply(reply));
  }
  return parts.join(' ');
}

function describeReply(reply: Reply): string {
  const number = 'sequence' in reply ? `${reply.sequence}:` : '';
  if (reply.kind === 'invalidate') return `invalidate [${place(reply.low)},${place(reply.high)})`;
  return `${number}${reply.kind}`;
}

function place(key: Uint8Array | undefined): string {
  if (key === undefined) return 'end';
  try {
    return pathOf(key);
  } catch {
    return `0x${Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
}
