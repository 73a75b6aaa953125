/**
 * A Kubernetes ServiceAccount token as proof of who calls (rule K6): a JWT (RFC 7519) that the cluster signed
 * with one of its published keys, checked without asking the cluster. node:crypto reads keys as JWK and verifies
 * both algorithms that clusters use; a library would add choices that are refused here (docs/adr/0011).
 *
 * Everything is refused that is not expected: other algorithms, `none` and symmetric ones included, headers
 * marked critical, a key of another kind than the algorithm, tokens without an end. Nothing of a token is ever
 * logged or part of a message.
 */
import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';

/** Whose tokens are taken. */
export interface TokenRule {
  /** `iss`, exactly. */
  readonly issuer: string;
  /** `sub`, exactly: `system:serviceaccount:<namespace>:<name>`. */
  readonly subject: string;
  /** One of `aud`: the pod's UID, so that a token is of use at one pod only. */
  readonly audience: string;
  /** Public keys as the cluster's JWKS has them. Those that cannot be read are passed over. */
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** Longer ones are not looked at; the cluster's have about 1200 characters. */
export const TOKEN_LENGTH_MAX = 8192;
/** How far clocks may differ. */
export const LEEWAY_SECONDS = 30;
/** Keys that are weaker are no keys. */
const RSA_BITS_MIN = 2048;

const TOKEN = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

type Fields = Readonly<Record<string, unknown>>;

/** Whether the token is right at this moment, in seconds since 1970. Never throws. */
export function isTokenOf(rule: TokenRule, token: string, nowSeconds: number): boolean {
  if (token.length > TOKEN_LENGTH_MAX || rule.audience === '') return false;
  const [, head = '', body = '', signature = ''] = TOKEN.exec(token) ?? [];
  const header = fieldsOf(head);
  const claims = fieldsOf(body);
  if (header === undefined || claims === undefined) return false;
  if (!areClaimsRight(rule, claims, nowSeconds)) return false;
  if (header['crit'] !== undefined) return false;
  const signed = Buffer.from(`${head}.${body}`, 'ascii');
  const signatureBytes = Buffer.from(signature, 'base64url');
  return rule.keys.some((key) => isSignedBy(key, header, signed, signatureBytes));
}

function fieldsOf(part: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined;
  } catch {
    return undefined;
  }
}

function areClaimsRight(rule: TokenRule, claims: Fields, nowSeconds: number): boolean {
  const { iss, sub, aud, exp, nbf } = claims;
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return (
    iss === rule.issuer &&
    sub === rule.subject &&
    audiences.includes(rule.audience) &&
    isTime(exp) &&
    exp > nowSeconds - LEEWAY_SECONDS &&
    (nbf === undefined || (isTime(nbf) && nbf <= nowSeconds + LEEWAY_SECONDS))
  );
}

const isTime = (value: unknown): value is number => Number.isFinite(value);

/** The key says which algorithm it is for; what the token's header says must be the same. */
function isSignedBy(jwk: Fields, header: Fields, signed: Buffer, signature: Buffer): boolean {
  if (header['kid'] !== undefined && jwk['kid'] !== undefined && header['kid'] !== jwk['kid'])
    return false;
  if (jwk['alg'] !== undefined && jwk['alg'] !== header['alg']) return false;
  if (jwk['use'] !== undefined && jwk['use'] !== 'sig') return false;
  const key = publicKeyOf(jwk);
  if (key === undefined) return false;
  if (jwk['kty'] === 'RSA') {
    return header['alg'] === 'RS256' && verify('RSA-SHA256', signed, key, signature);
  }
  // As JOSE has it: two numbers of 32 bytes, not DER.
  return (
    header['alg'] === 'ES256' &&
    verify('SHA256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)
  );
}

/** RSA of at least 2048 bits, or the curve P-256; anything else is no key here. */
function publicKeyOf(jwk: Fields): KeyObject | undefined {
  const { kty, crv, n, e, x, y } = jwk as JsonWebKey;
  try {
    if (kty === 'RSA') {
      const key = createPublicKey({ key: { kty, n, e } as JsonWebKey, format: 'jwk' });
      return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS_MIN ? key : undefined;
    }
    if (kty === 'EC' && crv === 'P-256') {
      return createPublicKey({ key: { kty, crv, x, y } as JsonWebKey, format: 'jwk' });
    }
    return undefined;
  } catch {
    return undefined;
  }
}
