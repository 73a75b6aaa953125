/**
 * Runs as a pod: an app server of somebody's making that asks a data server for admission again and again, and
 * tells over HTTP what it heard. It never sends anything but the handshake.
 *
 * KNOCK_HOST, KNOCK_PORT, KNOCK_NAME: whom it asks, and who it says it is.
 */
import process from 'node:process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { GrpcTransport } from '../../../server/adapters/grpc-transport.ts';
import { decodeChannelMessage, encodeChannelMessage } from '../../../server/ecp/wire/handshake.ts';

const { KNOCK_HOST: host = '', KNOCK_PORT: port = '1972', KNOCK_NAME: name = '' } = process.env;
const PAUSE_MS = 200;
const ANSWER_MS = 3000;
const HTTP_PORT = 8080;

const hello = encodeChannelMessage({
  kind: 'hello',
  hello: {
    versionLowest: 1,
    versionHighest: 1,
    features: [],
    name,
    incarnation: randomBytes(16).toString('hex'),
    session: 0,
    epoch: 0,
    serverUuid: '',
    durable: 0,
    caches: [],
    productVersion: 'test',
  },
});

/** WELCOME, a reason for refusal such as NOT_ALLOWED, or UNREACHABLE. */
function knock(): Promise<string> {
  return new Promise((resolve) => {
    const channel = new GrpcTransport().dial(
      { host, port: Number(port) },
      {
        message: (bytes) => {
          const message = decodeChannelMessage(bytes);
          resolve(message.kind === 'refused' ? message.refused.reason : message.kind.toUpperCase());
          channel.close();
        },
        drained: () => undefined,
        closed: () => resolve('UNREACHABLE'),
      },
    );
    channel.send(hello);
    setTimeout(() => {
      resolve('UNREACHABLE');
      channel.close();
    }, ANSWER_MS).unref();
  });
}

const outcomes: Record<string, number> = {};
let last = '';
/** When the latest answer was another one before. */
let sinceMs = Date.now();

createServer((_request, response) =>
  response.end(JSON.stringify({ outcomes, last, ageMs: Date.now() - sinceMs })),
).listen(HTTP_PORT);
process.on('SIGTERM', () => process.exit(0));
for (;;) {
  const answer = await knock();
  if (answer !== last) sinceMs = Date.now();
  last = answer;
  outcomes[last] = (outcomes[last] ?? 0) + 1;
  await sleep(PAUSE_MS);
}
