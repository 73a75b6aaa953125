/**
 * What waits to be sent to one app server, in the one order that everything keeps.
 *
 * Bounded: replies are bounded by the app server's request window; invalidations are not, so when too many
 * wait, each run of them between two blocks becomes one flush where its first stood (rule R8). Blocks behind
 * a flush keep their own invalidations. After a flush with no block behind it, a further invalidation says
 * nothing new and is not queued.
 */
import { type ByteWriter } from '../../base/bytes.ts';
import { FRAME_BYTES_TARGET, INVALIDATION_QUEUE_BYTES_MAX } from '../../base/limits.ts';
import { beginReplyFrame, writeReply, type Reply } from '../wire/frame.ts';

/** What an entry costs in memory beside its bytes, roughly. */
const ENTRY_BYTES = 48;

/** Entries that were sent and are still in the array, before it is cut. */
const SENT_KEPT_MAX = 256;

export class OutgoingQueue {
  #entries: Reply[] = [];
  #head = 0;
  #bytes = 0;
  #invalidationBytes = 0;
  #flushes = 0;
  readonly #invalidationBytesMax: number;
  /** The last entry that speaks of the cache: decides whether an invalidation says something new. */
  #lastCacheKind: 'block' | 'invalidate' | 'flush' | undefined;

  constructor(invalidationBytesMax = INVALIDATION_QUEUE_BYTES_MAX) {
    this.#invalidationBytesMax = invalidationBytesMax;
  }

  get isEmpty(): boolean {
    return this.#head === this.#entries.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** How often invalidations were replaced by a flush. */
  get flushes(): number {
    return this.#flushes;
  }

  push(reply: Reply): void {
    const last = this.#entries[this.#entries.length - 1];
    // Acknowledgements merge with their neighbour only: their place among other messages matters (rule R3).
    if (
      last !== undefined &&
      this.#head < this.#entries.length &&
      (reply.kind === 'applied' || reply.kind === 'durable') &&
      last.kind === reply.kind
    ) {
      this.#entries[this.#entries.length - 1] = reply;
      return;
    }
    if (reply.kind === 'invalidate' && this.#lastCacheKind === 'flush') return;
    this.#entries.push(reply);
    const bytes = sizeOf(reply);
    this.#bytes += bytes;
    if (reply.kind === 'block' || reply.kind === 'invalidate' || reply.kind === 'flush') {
      this.#lastCacheKind = reply.kind;
    }
    if (reply.kind === 'invalidate') {
      this.#invalidationBytes += bytes;
      if (this.#invalidationBytes > this.#invalidationBytesMax) this.#collapse();
    }
  }

  #collapse(): void {
    this.#flushes++;
    const kept: Reply[] = [];
    let inRun = false;
    let bytes = 0;
    for (let i = this.#head; i < this.#entries.length; i++) {
      let entry = this.#entries[i] as Reply;
      if (entry.kind === 'block') inRun = false;
      if (entry.kind === 'invalidate' || entry.kind === 'flush') {
        if (inRun) continue;
        inRun = true;
        entry = { kind: 'flush' };
      }
      kept.push(entry);
      bytes += sizeOf(entry);
    }
    this.#entries = kept;
    this.#head = 0;
    this.#bytes = bytes;
    this.#invalidationBytes = 0;
    this.#lastCacheKind = inRun ? 'flush' : 'block';
  }

  /** Writes one frame's worth into `writer`; false when nothing waits. */
  writeFrame(writer: ByteWriter): boolean {
    if (this.isEmpty) return false;
    beginReplyFrame(writer);
    for (; this.#head < this.#entries.length; this.#head++) {
      if (writer.length >= FRAME_BYTES_TARGET) break;
      const reply = this.#entries[this.#head] as Reply;
      const bytes = sizeOf(reply);
      this.#bytes -= bytes;
      if (reply.kind === 'invalidate') this.#invalidationBytes -= bytes;
      writeReply(writer, reply);
    }
    this.#dropSent();
    return true;
  }

  /** Lets go of what was sent, now and then, so that the array does not grow while it is never empty. */
  #dropSent(): void {
    if (this.#head === this.#entries.length) this.clear();
    else if (this.#head > SENT_KEPT_MAX && this.#head * 2 > this.#entries.length) {
      this.#entries.splice(0, this.#head);
      this.#head = 0;
    }
  }

  /** Forgets everything: all is sent, or the channel is gone. */
  clear(): void {
    this.#entries = [];
    this.#head = 0;
    this.#bytes = 0;
    this.#invalidationBytes = 0;
    this.#lastCacheKind = undefined;
  }
}

function sizeOf(reply: Reply): number {
  switch (reply.kind) {
    case 'block':
    case 'longPart':
      return ENTRY_BYTES + reply.bytes.length;
    case 'invalidate':
      return ENTRY_BYTES + reply.low.length + (reply.high?.length ?? 0);
    case 'scanned':
      return reply.nodes.reduce(
        (sum, node) => sum + node.key.length + node.value.length,
        ENTRY_BYTES,
      );
    default:
      return ENTRY_BYTES;
  }
}
