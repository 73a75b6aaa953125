/** Where and of what the figures are: without that they say nothing. */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';

export interface Machine {
  readonly date: string;
  readonly commit: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly node: string;
  /** Other work on the machine when the run began. */
  readonly load: number;
}

export function describeMachine(): Machine {
  const commit = git('rev-parse', '--short', 'HEAD');
  const isChanged = git('status', '--porcelain', '--', 'server') !== '';
  return {
    date: new Date().toISOString().slice(0, 16),
    commit: isChanged ? `${commit}-changed` : commit,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
}

function git(...args: readonly string[]): string {
  const done = spawnSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' });
  return done.status === 0 ? done.stdout.trim() : 'unknown';
}
