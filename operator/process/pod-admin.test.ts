import { afterEach, describe, expect, test } from '@jest/globals';
import { pod } from '../../test/support/decision-samples.ts';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { listenAdmin } from '../../server/adapters/grpc-admin-service.ts';
import type { AdminListener } from '../../server/adapters/grpc-admin-service.ts';
import { ecp } from '../../server/api/generated/admin.js';
import { POD_LAYOUT } from '../resources/pod-layout.ts';
import { ApiError } from '../runtime/api-error.ts';
import type { OwnedPod } from '../controllers/decisions/owned-pod.ts';
import { PodAdmin } from './pod-admin.ts';
import { answeringCluster } from './testing/answering-cluster.ts';

/** An address of this machine that nobody else listens on: every process has its own. */
const HOST = `127.77.${(process.pid >> 8) & 0xff}.${process.pid & 0xff}`;
const TOKEN_PATH = '/api/v1/namespaces/ecp-system/serviceaccounts/ecp-operator/token';
const POD = pod(0, { addresses: [HOST] });

const listeners: AdminListener[] = [];
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});

interface TokenRequest {
  readonly spec: { readonly audiences: readonly string[]; readonly expirationSeconds: number };
}

function setUp() {
  const time = new VirtualTime();
  const clock = time.clock();
  /** Audiences of the tokens that were asked for, in order. */
  const audiences: string[] = [];
  const state: { refuses: boolean; answers: Promise<unknown> | undefined } = {
    refuses: false,
    answers: undefined,
  };
  const cluster = answeringCluster(async ({ method, path, body }) => {
    expect([method, path]).toEqual(['POST', TOKEN_PATH]);
    const { audiences: asked, expirationSeconds } = (body as TokenRequest).spec;
    expect([asked.length, expirationSeconds]).toEqual([1, 600]);
    audiences.push(...asked);
    await state.answers;
    if (state.refuses) throw new ApiError(403, 'Forbidden', 'no token for you');
    return { status: { token: `token-${audiences.length}`, expirationTimestamp: '' } };
  }, clock);
  const options = { cluster, namespace: 'ecp-system', serviceAccount: 'ecp-operator', clock };
  const admin = new PodAdmin(options);
  /** Tokens that came with calls, in order. */
  const tokens: string[] = [];
  /** An instance at the address: it says the revision 7. */
  const listen = async (): Promise<void> => {
    const { ConfigureReply, ConfigureRequest, StatusReply } = ecp.admin.v1;
    const calls = {
      Status: () => Promise.resolve(StatusReply.encode({ configurationRevision: 7 }).finish()),
      Configure: (request: Uint8Array) => {
        const { configuration } = ConfigureRequest.decode(request);
        return Promise.resolve(ConfigureReply.encode({ refused: configuration }).finish());
      },
    };
    const address = { host: HOST, port: POD_LAYOUT.adminPort };
    listeners.push(
      await listenAdmin(address, calls, (token) => {
        tokens.push(token);
        return true;
      }),
    );
  };
  return { time, admin, audiences, tokens, state, listen };
}

const revisionOf = (reply: Uint8Array): number =>
  ecp.admin.v1.StatusReply.decode(reply).configurationRevision;

describe('K6: a call to the instance in a pod', () => {
  test('carries a token whose audience is the UID of the pod', async () => {
    const { admin, audiences, tokens, listen } = setUp();
    await listen();
    expect(revisionOf(await admin.status(POD))).toBe(7);
    expect(audiences).toEqual(['uid-of-bank-0']);
    expect(tokens).toEqual(['token-1']);
  });

  test('offers exactly the text that is given', async () => {
    const { admin, listen } = setUp();
    await listen();
    const reply = ecp.admin.v1.ConfigureReply.decode(await admin.configure(POD, '{"a": "ü"}\n'));
    expect(reply.refused).toBe('{"a": "ü"}\n');
  });

  test('reaches an address of IPv6 as well', async () => {
    const { admin, listen } = setUp();
    await listen();
    const mapped = pod(0, { addresses: [`::ffff:${HOST}`, '10.0.0.1'] });
    expect(revisionOf(await admin.status(mapped))).toBe(7);
  });

  test('of a pod without an address is none, and costs no token', async () => {
    const { admin, audiences } = setUp();
    const nowhere = pod(0, { addresses: [] });
    await expect(admin.status(nowhere)).rejects.toThrow('pod bank-0 has no address');
    expect(audiences).toEqual([]);
  });

  test('fails where nobody listens', async () => {
    const { admin } = setUp();
    await expect(admin.status(POD)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a token', () => {
  test('is used again, and renewed two minutes before it ends', async () => {
    const { admin, audiences, tokens, time, listen } = setUp();
    await listen();
    await admin.status(POD);
    time.elapse(479_999);
    await admin.configure(POD, '');
    expect(audiences).toHaveLength(1);
    time.elapse(1);
    await admin.status(POD);
    expect(audiences).toEqual(['uid-of-bank-0', 'uid-of-bank-0']);
    expect(tokens).toEqual(['token-1', 'token-1', 'token-2']);
  });

  test('is asked for once by calls that come together', async () => {
    const { admin, audiences, tokens, listen } = setUp();
    await listen();
    await Promise.all([admin.status(POD), admin.status(POD), admin.configure(POD, '')]);
    expect(audiences).toHaveLength(1);
    expect(tokens).toEqual(['token-1', 'token-1', 'token-1']);
  });

  test('of one pod is of no use for another, of the same name too', async () => {
    const { admin, audiences, tokens, listen } = setUp();
    await listen();
    await admin.status(POD);
    await admin.status({ ...POD, uid: 'its successor' });
    expect(audiences).toEqual(['uid-of-bank-0', 'its successor']);
    expect(tokens).toEqual(['token-1', 'token-2']);
  });

  test('that was refused is asked for anew', async () => {
    const { admin, audiences, state, listen } = setUp();
    await listen();
    state.refuses = true;
    await expect(admin.status(POD)).rejects.toThrow('no token for you');
    state.refuses = false;
    expect(revisionOf(await admin.status(POD))).toBe(7);
    expect(audiences).toHaveLength(2);
  });

  test('is kept for as many pods as a large topology has, and the oldest goes', async () => {
    const { admin, audiences, state } = setUp();
    state.answers = new Promise(() => undefined);
    const ask = async (uid: string): Promise<void> => {
      const call: Promise<OwnedPod | Uint8Array> = admin.status({ ...POD, uid });
      await Promise.race([call, Promise.resolve()]);
    };
    for (let i = 0; i <= 2048; i++) await ask(`pod-${i}`);
    const { length } = audiences;
    await ask('pod-2048');
    await ask('pod-1');
    expect(audiences).toHaveLength(length);
    await ask('pod-0');
    expect(audiences).toHaveLength(length + 1);
  });
});
