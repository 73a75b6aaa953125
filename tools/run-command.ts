/** Child processes for the tools: run to the end, with the output streamed or kept. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

export interface Finished {
  /** The exit status; 1 also when a signal ended it or it could not be started. */
  readonly status: number;
  /** Standard output and error in the order they came; empty when streamed. */
  readonly output: string;
  readonly seconds: number;
}

/** Runs a program of node_modules or a script of ours with the Node that runs this. */
export function runNode(args: readonly string[], options: { stream: boolean }): Promise<Finished> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', options.stream ? 'inherit' : 'pipe', options.stream ? 'inherit' : 'pipe'],
  });
  const chunks: Buffer[] = [];
  const keep = (chunk: Buffer): unknown => chunks.push(chunk);
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const forward = (signal: NodeJS.Signals): boolean => child.kill(signal);
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  return new Promise((resolve) => {
    const finish = (status: number, extra = ''): void => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      const seconds = (performance.now() - started) / 1000;
      resolve({ status, output: Buffer.concat(chunks).toString() + extra, seconds });
    };
    child.once('error', (error) => finish(1, `${error.message}\n`));
    child.once('close', (code) => finish(code ?? 1));
  });
}

/** A path under the root, for programs that npm installed. */
export const installed = (path: string): string => join(ROOT, 'node_modules', path);

/** Jest as it must be started for ES modules. */
export const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  installed('jest/bin/jest.js'),
] as const;
