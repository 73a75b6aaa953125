#!/usr/bin/env node
// Starts the command line on a Node that runs TypeScript: this one, or the one that came with the dependencies.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundled = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const runs = major > 22 || (major === 22 && minor >= 19);
if (!runs && !existsSync(bundled)) {
  console.error(`ecp needs Node 22.19 or newer; this is ${process.versions.node}`);
  process.exit(1);
}
const main = fileURLToPath(new URL('main.ts', import.meta.url));
const child = spawn(
  runs ? process.execPath : bundled,
  ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
