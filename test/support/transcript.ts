/** Messages of the channel as lines of text, so that scenarios read as protocol transcripts. */
import { checkKey } from '../../server/globals/key.ts';
import { formatKey } from '../../server/globals/reference.ts';
import { textOf } from '../../server/base/bytes.ts';
import { Block } from '../../server/storage/block.ts';
import type { Change } from '../../server/storage/change.ts';
import {
  decodeRequestFrame,
  ReplyFrameReader,
  UNNUMBERED,
  type Reply,
  type Request,
} from '../../server/ecp/wire/frame.ts';
import { decodeChannelMessage } from '../../server/ecp/wire/handshake.ts';
import type { WireLock } from '../../server/ecp/wire/lock-messages.ts';
import type { Direction } from './loopback.ts';

/** ^x(1,"a"), or the bytes where they are not a reference (a fence between blocks). */
export function keyText(key: Uint8Array): string {
  try {
    checkKey(key);
    return formatKey(key);
  } catch {
    return `0x${Buffer.from(key).toString('hex')}`;
  }
}

function rangeText(low: Uint8Array, high: Uint8Array | undefined): string {
  return `[${low.length === 0 ? '' : keyText(low)}, ${high === undefined ? '' : keyText(high)})`;
}

function valueText(value: Uint8Array): string {
  return value.length > 40 ? `<${value.length} bytes>` : textOf(value);
}

function changeText(change: Change): string {
  switch (change.kind) {
    case 'set':
      return `set ${keyText(change.key)}=${valueText(change.value)}`;
    case 'kill':
    case 'zkill':
      return `${change.kind} ${keyText(change.key)}`;
    case 'increment':
      return `increment ${keyText(change.key)} by ${textOf(change.by)}`;
    case 'killRange':
      return `killRange ${rangeText(change.from, change.to)}`;
  }
}

export function requestText(request: Request): string {
  switch (request.kind) {
    case 'change':
      return changeText(request.change);
    case 'part':
      return `part <${request.bytes.length} bytes>`;
    case 'setLong':
      return `setLong ${keyText(request.key)} <${request.length} bytes>`;
    case 'fetch':
      return `fetch ${keyText(request.key)}${request.reverse ? ' reverse' : ''}${request.ahead > 0 ? ` ahead ${request.ahead}` : ''}`;
    case 'long':
      return `long ${request.id} from ${request.offset}`;
    case 'scan':
      return `scan ${rangeText(request.from, request.to)}${request.reverse ? ' reverse' : ''} limit ${request.limit}`;
    case 'merge':
      return `merge ${keyText(request.key)}=${keyText(request.fromKey)}`;
    case 'lock':
      return `lock${request.mayWait ? '' : ' at once'} by ${request.job}: ${locksText(request.locks)}`;
    case 'cancelLock':
      return `cancelLock #${request.lock} by ${request.job}`;
    case 'unlock':
    case 'claim':
      return `${request.kind} by ${request.job}: ${locksText(request.locks)}`;
    case 'endJob':
      return `endJob ${request.job}`;
    case 'claimed':
    case 'transactionsClaimed':
      return `${request.kind} ${request.count}`;
    case 'within':
    case 'commit':
      return `${request.kind} ${request.job}`;
    case 'begin':
    case 'level':
    case 'rollback':
    case 'claimTransaction':
      return `${request.kind} ${request.job} level ${request.level}`;
    case 'sync':
    case 'hurry':
    case 'heartbeat':
      return request.kind;
  }
}

function locksText(locks: readonly (WireLock & { readonly count?: number })[]): string {
  return locks
    .map(({ key, mode, count }) => {
      const times = count === undefined || count === 1 ? '' : ` ${count} times`;
      return `${keyText(key)}${mode === 'shared' ? ' shared' : ''}${times}`;
    })
    .join(', ');
}

export function blockText(bytes: Uint8Array): string {
  const block = Block.decode(bytes.slice());
  const nodes = Array.from({ length: block.count }, (_, i) =>
    block.isLong(i)
      ? `${keyText(block.keyAt(i))}=long ${block.longAt(i).id}`
      : `${keyText(block.keyAt(i))}=${valueText(block.valueAt(i))}`,
  );
  return `${rangeText(block.low, block.high)} ${nodes.length > 4 ? `${nodes.length} nodes` : nodes.join(' ')}`.trim();
}

export function replyText(reply: Reply): string {
  switch (reply.kind) {
    case 'applied':
    case 'sent':
    case 'synced':
    case 'merged':
    case 'locking':
      return `${reply.kind} #${reply.sequence}`;
    case 'locked':
      return `${reply.outcome} lock #${reply.lock}`;
    case 'rolledBack':
      return `rolledBack ${reply.job} after #${reply.after}`;
    case 'durable':
      return `durable to #${reply.sequence}`;
    case 'incremented':
      return `incremented #${reply.sequence} to ${textOf(reply.value)}`;
    case 'failed':
      return `failed #${reply.sequence} <${reply.code}>`;
    case 'block':
      return `block${reply.sequence === 0 ? '' : ` #${reply.sequence}`} ${blockText(reply.bytes)}`;
    case 'invalidate':
      return `invalidate ${rangeText(reply.low, reply.high)}`;
    case 'scanned':
      return `scanned #${reply.sequence} ${reply.nodes.map(({ key, value }) => `${keyText(key)}=${valueText(value)}`).join(' ')}`.trim();
    case 'longPart':
      return `longPart #${reply.sequence} <${reply.bytes.length} of ${reply.total} bytes>`;
    case 'catalogue':
      return `catalogue ${reply.entries.map(({ name }) => name).join(' ')}`;
    case 'flush':
    case 'heartbeat':
      return reply.kind;
  }
}

/** The replies of one frame. */
export function repliesOf(frame: Uint8Array): Reply[] {
  const reader = new ReplyFrameReader(frame);
  const replies: Reply[] = [];
  for (let reply = reader.next(); reply !== undefined; reply = reader.next()) replies.push(reply);
  return replies;
}

/** A whole message, a line for each of its parts; heartbeats are left out. */
export function messageLines(direction: Direction, bytes: Uint8Array): string[] {
  const message = decodeChannelMessage(bytes);
  switch (message.kind) {
    case 'hello': {
      const { session, durable } = message.hello;
      return [session === 0 ? 'hello' : `hello resuming, durable to #${durable}`];
    }
    case 'welcome':
      return [
        message.welcome.resumed
          ? `welcome back, applied #${message.welcome.lastApplied}`
          : 'welcome',
      ];
    case 'refused':
      return [`refused ${message.refused.reason}`];
    case 'goodbye':
      return [`goodbye${message.goodbye.sessionKept ? ', session kept' : ''}`];
    case 'frame':
      return direction === 'toApp'
        ? repliesOf(message.frame)
            .filter((reply) => reply.kind !== 'heartbeat')
            .map(replyText)
        : requestLines(message.frame);
  }
}

function requestLines(frame: Uint8Array): string[] {
  const { replay, firstSequence, requests } = decodeRequestFrame(frame);
  let sequence = firstSequence;
  const lines: string[] = [];
  for (const request of requests) {
    const number = UNNUMBERED.has(request.kind) ? '' : `#${sequence++} `;
    if (request.kind !== 'heartbeat')
      lines.push(`${replay ? 'again ' : ''}${number}${requestText(request)}`);
  }
  return lines;
}
