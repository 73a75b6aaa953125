/** A certificate of a test's own for a server on this machine, good for two days. Made with openssl. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  /** PEM; it is its own authority. */
  readonly cert: string;
  readonly key: string;
}

const DAYS = '2';

/** For https://127.0.0.1 and https://localhost. */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'ecp-certificate-'));
  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => join(folder, name)) as [string, string];
  try {
    const { status, stderr } = spawnSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-days', DAYS, '-subj', '/CN=ecp-test', '-keyout', key, '-out', cert],
        ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`openssl: ${stderr}`);
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
