/** Changes what data servers say on its way: decodes each frame of replies, and encodes it again. */
import { ByteWriter } from '../../../server/base/bytes.ts';
import {
  beginReplyFrame,
  type Reply,
  ReplyFrameReader,
  writeReply,
} from '../../../server/ecp/wire/frame.ts';
import { decodeChannelMessage, encodeChannelMessage } from '../../../server/ecp/wire/handshake.ts';
import type { Cluster } from '../../support/sim/cluster.ts';

/** `change` returns what is sent in place of each reply. */
export function changeReplies(cluster: Cluster, change: (reply: Reply) => readonly Reply[]): void {
  changeFrames(cluster, (replies) => replies.flatMap(change));
}

/** `change` returns what is sent in place of the replies of a frame; `way` is from whom to whom. */
export function changeFrames(
  cluster: Cluster,
  change: (replies: readonly Reply[], way: string) => readonly Reply[],
): void {
  const dataServers = new Set(cluster.dataServers.map(({ name }) => name));
  cluster.world.network.filter((from, to, bytes) => {
    if (!dataServers.has(from)) return bytes;
    const message = decodeChannelMessage(bytes);
    if (message.kind !== 'frame') return bytes;
    const writer = new ByteWriter();
    beginReplyFrame(writer);
    const reader = new ReplyFrameReader(message.frame);
    const replies: Reply[] = [];
    for (let reply = reader.next(); reply !== undefined; reply = reader.next()) replies.push(reply);
    for (const sent of change(replies, `${from}→${to}`)) writeReply(writer, sent);
    return encodeChannelMessage({ kind: 'frame', frame: writer.view() });
  });
}
