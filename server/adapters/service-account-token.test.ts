import { describe, expect, test } from '@jest/globals';
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  isTokenOf,
  LEEWAY_SECONDS,
  TOKEN_LENGTH_MAX,
  type TokenRule,
} from './service-account-token.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const wide = generateKeyPairSync('ec', { namedCurve: 'P-384' });

const jwkOf = (key: KeyObject, more: object = {}): Record<string, unknown> => ({
  ...key.export({ format: 'jwk' }),
  ...more,
});

const NOW = 1_800_000_000;
const rule: TokenRule = {
  issuer: 'https://kubernetes.default.svc',
  subject: 'system:serviceaccount:ecp-system:operator',
  audience: 'pod-uid',
  keys: [jwkOf(rsa.publicKey, { kid: 'r', alg: 'RS256', use: 'sig' }), jwkOf(ec.publicKey)],
};
const claims = { iss: rule.issuer, sub: rule.subject, aud: ['pod-uid'], exp: NOW + 600, nbf: NOW };

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function rs256(body: unknown, head: object = {}, key: KeyObject = rsa.privateKey): string {
  const signed = `${part({ alg: 'RS256', ...head })}.${part(body)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
}

function es256(body: unknown, key: KeyObject = ec.privateKey, alg = 'ES256', der = false): string {
  const signed = `${part({ alg })}.${part(body)}`;
  const dsaEncoding = der ? 'der' : 'ieee-p1363';
  const signature = sign('SHA256', Buffer.from(signed), { key, dsaEncoding });
  return `${signed}.${signature.toString('base64url')}`;
}

const isRight = (token: string, now = NOW, with_: Partial<TokenRule> = {}): boolean =>
  isTokenOf({ ...rule, ...with_ }, token, now);

describe('K6: a token of the cluster', () => {
  test('is taken with either algorithm, for one audience or several', () => {
    expect(isRight(rs256(claims))).toBe(true);
    expect(isRight(rs256(claims, { kid: 'r', typ: 'JWT' }))).toBe(true);
    expect(isRight(es256(claims))).toBe(true);
    expect(isRight(es256({ ...claims, aud: 'pod-uid' }))).toBe(true);
    expect(isRight(es256({ ...claims, aud: ['other', 'pod-uid'] }))).toBe(true);
    expect(isRight(es256({ ...claims, nbf: undefined }))).toBe(true);
  });

  test.each<[string, object]>([
    ['another issuer', { iss: 'https://elsewhere' }],
    ['another subject', { sub: 'system:serviceaccount:default:default' }],
    ['no subject', { sub: undefined }],
    ['the audience of another pod', { aud: ['other-pod'] }],
    ['no audience', { aud: undefined }],
    ['an audience that only contains the name', { aud: 'pod-uid-2' }],
    ['no end', { exp: undefined }],
    ['an end in words', { exp: String(NOW + 600) }],
    ['its end behind it', { exp: NOW - LEEWAY_SECONDS }],
    ['its beginning before it', { nbf: NOW + LEEWAY_SECONDS + 1 }],
    ['a beginning in words', { nbf: 'now' }],
  ])('is refused with %s', (_, change) => {
    expect(isRight(es256({ ...claims, ...change }))).toBe(false);
    expect(isRight(rs256({ ...claims, ...change }))).toBe(false);
  });

  test('has half a minute of leeway at both ends', () => {
    expect(isRight(es256(claims), NOW + 600 + LEEWAY_SECONDS - 1)).toBe(true);
    expect(isRight(es256(claims), NOW + 600 + LEEWAY_SECONDS)).toBe(false);
    expect(isRight(es256(claims), NOW - LEEWAY_SECONDS)).toBe(true);
    expect(isRight(es256(claims), NOW - LEEWAY_SECONDS - 1)).toBe(false);
  });

  test('is refused without signature, with algorithm none, or with the public key as a secret', () => {
    const [, body = ''] = es256(claims).split('.');
    for (const alg of ['none', 'None', 'HS256']) {
      const signed = `${part({ alg })}.${body}`;
      expect(isRight(`${signed}.`)).toBe(false);
      expect(isRight(signed)).toBe(false);
      for (const { publicKey } of [rsa, ec]) {
        const secret = publicKey.export({ type: 'spki', format: 'pem' });
        const mac = createHmac('sha256', secret).update(signed).digest('base64url');
        expect(isRight(`${signed}.${mac}`)).toBe(false);
      }
    }
  });

  test('is refused when its algorithm is not the one of the key', () => {
    expect(isRight(rs256(claims, { alg: 'ES256' }))).toBe(false);
    expect(isRight(rs256(claims, { alg: 'RS512' }))).toBe(false);
    expect(isRight(es256(claims, ec.privateKey, 'RS256'))).toBe(false);
    expect(isRight(es256(claims, ec.privateKey, 'ES256', true))).toBe(false);
  });

  test('is refused when another key signed it, a weak one, or one of another curve', () => {
    expect(isRight(es256(claims, other.privateKey))).toBe(false);
    expect(isRight(rs256(claims, { kid: 'unknown' }), NOW, { keys: rule.keys.slice(0, 1) })).toBe(
      false,
    );
    expect(
      isRight(rs256(claims, {}, weak.privateKey), NOW, { keys: [jwkOf(weak.publicKey)] }),
    ).toBe(false);
    expect(isRight(es256(claims, wide.privateKey), NOW, { keys: [jwkOf(wide.publicKey)] })).toBe(
      false,
    );
    expect(isRight(rs256(claims), NOW, { keys: [jwkOf(rsa.publicKey, { use: 'enc' })] })).toBe(
      false,
    );
  });

  test('is refused where it was changed after it was signed', () => {
    const [head = '', , signature = ''] = es256(claims).split('.');
    expect(isRight(`${head}.${part({ ...claims, exp: NOW + 1e6 })}.${signature}`)).toBe(false);
  });

  test('is refused when it is too long, critical, malformed, or when there is no audience to compare', () => {
    expect(isRight(rs256({ ...claims, filler: 'x'.repeat(TOKEN_LENGTH_MAX) }))).toBe(false);
    expect(isRight(rs256(claims, { crit: ['exp'] }))).toBe(false);
    for (const token of [
      '',
      '.',
      '..',
      'a.b.c',
      `${es256(claims)}.x`,
      `${es256(claims)}=`,
      'é.é.é',
    ]) {
      expect(isRight(token)).toBe(false);
    }
    expect(isRight(es256([1]))).toBe(false);
    expect(isRight(es256({ ...claims, aud: '' }), NOW, { audience: '' })).toBe(false);
  });

  test('is judged past keys that cannot be read', () => {
    const keys = [
      {},
      { kty: 'oct', k: 'AAAA' },
      { kty: 'RSA', n: '!', e: 7 },
      { kty: 'EC', crv: 'P-256' },
    ];
    expect(isRight(es256(claims), NOW, { keys })).toBe(false);
    expect(isRight(es256(claims), NOW, { keys: [...keys, ...rule.keys] })).toBe(true);
  });
});
