import { describe, expect, test } from '@jest/globals';
import { VirtualTime } from '../../test/support/virtual-time.ts';
import { ApiError } from '../runtime/api-error.ts';
import { RecordedLog } from '../runtime/testing/recorded-ports.ts';
import { ClusterKeys } from './cluster-keys.ts';
import { answeringCluster } from './testing/answering-cluster.ts';

const SUBJECT = 'system:serviceaccount:ecp-system:ecp-operator';
const ISSUER = 'https://kubernetes.default.svc';
const RSA = { kty: 'RSA', kid: 'one', alg: 'RS256', use: 'sig', n: 'n', e: 'AQAB' };
const EC = { kty: 'EC', kid: 'two', crv: 'P-256', x: 'x', y: 'y' };
const PRIVATE = { d: 'secret', p: 'secret', q: 'secret', dp: 'secret', dq: 'secret', qi: 'secret' };

function setUp() {
  const time = new VirtualTime();
  const clock = time.clock();
  const log = new RecordedLog();
  const state: { issuer: string; keys: object[]; fails: boolean } = {
    issuer: ISSUER,
    keys: [RSA],
    fails: false,
  };
  const asked: string[] = [];
  let changes = 0;
  const cluster = answeringCluster(({ path }) => {
    asked.push(path);
    if (state.fails) throw new ApiError(503, '', 'not now');
    if (path === '/.well-known/openid-configuration') return { issuer: state.issuer };
    if (path === '/openid/v1/jwks') return { keys: state.keys };
    throw new ApiError(404, 'NotFound', path);
  }, clock);
  const keys = new ClusterKeys({
    cluster,
    subject: SUBJECT,
    clock,
    log,
    onChange: () => changes++,
  });
  return { time, log, state, asked, keys, changes: () => changes };
}

describe('K6: the keys of the cluster', () => {
  test('are read at the start, with who signs', async () => {
    const { time, keys, state, changes } = setUp();
    state.keys = [RSA, EC];
    expect(keys.account).toBeUndefined();
    keys.start();
    await time.run(keys.ready);
    expect(keys.account).toEqual({ issuer: ISSUER, subject: SUBJECT, keys: [RSA, EC] });
    expect(changes()).toBe(1);
  });

  test('are kept without anything that is private, whatever a cluster says', async () => {
    const { time, keys, state } = setUp();
    state.keys = [{ ...RSA, ...PRIVATE, x5c: ['certificate'], k: 'secret' }];
    keys.start();
    await time.run(keys.ready);
    expect(keys.account?.keys).toEqual([RSA]);
    expect(JSON.stringify(keys.account)).not.toContain('secret');
  });

  test('are read again every ten minutes; a change is told, and nothing else', async () => {
    const { time, keys, state, asked, changes } = setUp();
    keys.start();
    await time.pass(600_000 + 1000);
    expect(asked).toHaveLength(4);
    expect(changes()).toBe(1);
    state.keys = [EC, RSA];
    await time.pass(600_000);
    expect(changes()).toBe(2);
    expect(keys.account?.keys).toEqual([EC, RSA]);
    state.issuer = 'https://another';
    await time.pass(600_000);
    expect(changes()).toBe(3);
    expect(keys.account?.issuer).toBe('https://another');
  });

  test('are tried again in seconds while they cannot be read', async () => {
    const { time, keys, state, changes, log } = setUp();
    state.fails = true;
    keys.start();
    await time.pass(4999);
    expect(log.messages('warn')).toEqual(["the cluster's public keys cannot be read"]);
    expect(log.lines[0]?.['problem']).toBe('not now');
    state.fails = false;
    await time.pass(1);
    await time.run(keys.ready);
    expect(changes()).toBe(1);
  });

  test('that were read once stay while they cannot be read again', async () => {
    const { time, keys, state, changes } = setUp();
    keys.start();
    await time.pass(1000);
    state.fails = true;
    await time.pass(1_200_000);
    expect(keys.account?.keys).toEqual([RSA]);
    expect(changes()).toBe(1);
    state.fails = false;
    state.keys = [EC];
    await time.pass(5000);
    expect(keys.account?.keys).toEqual([EC]);
  });

  test('are not taken from an answer that is none', async () => {
    const { time, keys, state, log } = setUp();
    state.keys = undefined as unknown as object[];
    keys.start();
    await time.pass(1000);
    expect(keys.account).toBeUndefined();
    expect(log.messages('warn')).toHaveLength(1);
  });

  test('are read no more after the end, though it comes while they are read', async () => {
    for (const whileReading of [true, false]) {
      const { time, keys, asked } = setUp();
      keys.start();
      if (!whileReading) await time.settle();
      keys.stop();
      await time.settle();
      const { length } = asked;
      await time.pass(3_600_000);
      expect(asked).toHaveLength(length);
    }
  });
});
