/** Who may use the admin API (rule K6): whoever has the token file's content, or a token of the cluster. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isTokenOf, type TokenRule } from './service-account-token.ts';

export interface Authentication {
  /** Made with a random token when it is missing; read anew each time, so that it can be rotated. */
  readonly tokenFile: string;
  /** Tokens of the cluster, as they are configured at the moment of the call. */
  readonly serviceAccount: () => Omit<TokenRule, 'audience'> | undefined;
  /** This pod's UID; without it no token of the cluster is taken. */
  readonly audience: string;
  readonly wallMs: () => number;
}

/** Tells whether a bearer token is right. */
export function authentication(options: Authentication): (token: string) => boolean {
  const { tokenFile, serviceAccount, audience, wallMs } = options;
  if (!existsSync(tokenFile)) {
    mkdirSync(dirname(tokenFile), { recursive: true });
    writeFileSync(tokenFile, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  }
  return (token) => {
    if (isContentOf(tokenFile, token)) return true;
    const account = serviceAccount();
    return account !== undefined && isTokenOf({ ...account, audience }, token, wallMs() / 1000);
  };
}

function isContentOf(tokenFile: string, token: string): boolean {
  let content: string;
  try {
    content = readFileSync(tokenFile, 'utf8').trim();
  } catch {
    return false; // removed: nobody has it
  }
  const expected = Buffer.from(content);
  const given = Buffer.from(token);
  return (
    expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected)
  );
}
