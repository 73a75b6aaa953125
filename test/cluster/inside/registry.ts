/**
 * Runs as a pod: a registry of images that has none, and notes who asked for which. It wants to know a name and a
 * password, so that those who have been given some say them.
 *
 *   GET /asked     [{ path, user }]; user is empty for those who said none
 */
import { createServer } from 'node:http';
import process from 'node:process';

const HTTP_PORT = 8080;
const ASKED_MAX = 1000;
const { REGISTRY_PORT: port = '' } = process.env;
const asked: { readonly path: string; readonly user: string }[] = [];

createServer((request, response) => {
  const [, said = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const [user = ''] = Buffer.from(said, 'base64').toString().split(':');
  if (asked.length < ASKED_MAX) asked.push({ path: request.url ?? '', user });
  if (user === '') response.writeHead(401, { 'www-authenticate': 'Basic realm="images"' }).end();
  else response.writeHead(404).end();
}).listen(Number(port));

createServer((_request, response) => response.end(JSON.stringify(asked))).listen(HTTP_PORT);
process.on('SIGTERM', () => process.exit(0));
