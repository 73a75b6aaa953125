/**
 * A small bank over ^Account, as an application module: every app server that loads it answers HTTP beside its
 * cache, and all of them see the same accounts.
 *
 *   ^Account(id)            the owner's name
 *   ^Account(id,"balance")  the balance, an exact decimal
 *   ^Account                the last id given out
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Database, GlobalNode } from '../../server/instance/database.ts';

const PORT_FIRST = Number(process.env['BANK_PORT'] ?? 8080);
/** In a pod everybody who reaches the Service; elsewhere nobody but this machine. */
const HOST = process.env['ECP_POD_NAME'] === undefined ? '127.0.0.1' : undefined;
/** On one machine every instance takes the next free port; on Kubernetes each pod has its own address. */
const PORTS_TRIED_MAX = 10;
const BODY_BYTES_MAX = 64 * 1024;
const PAGE_LENGTH_MAX = 100;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

class BadRequest extends Error {}

export default async function bank(database: Database, signal: AbortSignal): Promise<void> {
  const accounts = database.global('Account');
  const server = createServer((request, response) => {
    answer(accounts, request).then(
      ({ status, body }) => reply(response, status, body),
      (error: unknown) =>
        reply(response, error instanceof BadRequest ? 400 : 503, {
          error: error instanceof Error ? error.message : String(error),
        }),
    );
  });
  const port = await listen(server, PORT_FIRST);
  process.stdout.write(`${JSON.stringify({ msg: 'bank listens', port })}\n`);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  server.close();
  server.closeAllConnections();
}

async function answer(accounts: GlobalNode, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://bank');
  const [collection, id, action, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  if (collection !== 'accounts' || rest.length > 0)
    return { status: 404, body: { error: 'no such page' } };
  const route = `${request.method ?? ''} ${id === undefined ? '' : 'account'}${action ?? ''}`;
  switch (route) {
    case 'GET ':
      return { status: 200, body: await list(accounts, url.searchParams.get('after')) };
    case 'POST ':
      return { status: 201, body: await open(accounts, await bodyOf(request)) };
    case 'GET account':
      return show(accounts, idOf(id));
    case 'POST accountdeposit':
      return change(accounts, idOf(id), amountOf(await bodyOf(request)));
    case 'POST accountwithdraw':
      return change(accounts, idOf(id), `-${amountOf(await bodyOf(request))}`);
    default:
      return {
        status: 405,
        body: { error: 'GET or POST /accounts, GET /accounts/ID, POST /accounts/ID/deposit' },
      };
  }
}

/** Ids come from $INCREMENT: no lock, and never the same twice, whichever app server is asked. */
async function open(
  accounts: GlobalNode,
  body: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { owner } = body;
  if (typeof owner !== 'string' || owner === '') throw new BadRequest('owner: must be a name');
  const id = Number(await accounts.increment([]));
  await accounts.set([id], owner);
  await accounts.set([id, 'balance'], 0);
  return { id, owner, balance: '0' };
}

/** Exact decimal addition at the data server: two deposits at once on two app servers both count. */
async function change(accounts: GlobalNode, id: number, by: string): Promise<Answer> {
  if ((await accounts.get([id])) === undefined)
    return { status: 404, body: { error: 'no such account' } };
  return { status: 200, body: { id, balance: await accounts.increment([id, 'balance'], by) } };
}

async function show(accounts: GlobalNode, id: number): Promise<Answer> {
  const owner = await accounts.get([id]);
  if (owner === undefined) return { status: 404, body: { error: 'no such account' } };
  return { status: 200, body: { id, owner, balance: await accounts.get([id, 'balance']) } };
}

async function list(accounts: GlobalNode, after: string | null): Promise<unknown> {
  const page: unknown[] = [];
  const range = after === null ? {} : { from: idOf(after) + 1 };
  for await (const id of accounts.keys([], { ...range, limit: PAGE_LENGTH_MAX })) {
    page.push({
      id,
      owner: await accounts.get([id]),
      balance: await accounts.get([id, 'balance']),
    });
  }
  return page;
}

function idOf(text: string | undefined): number {
  const id = Number(text);
  if (!Number.isSafeInteger(id) || id < 1) throw new BadRequest('id: must be a positive integer');
  return id;
}

function amountOf(body: Readonly<Record<string, unknown>>): string {
  const { amount } = body;
  if (typeof amount !== 'string' || !/^\d{1,12}(\.\d{1,2})?$/.test(amount)) {
    throw new BadRequest('amount: must be a string such as "12.50"');
  }
  return amount;
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > BODY_BYTES_MAX) throw new BadRequest(`body: longer than ${BODY_BYTES_MAX}`);
  }
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  } catch {
    // Falls through to the same answer.
  }
  throw new BadRequest('body: must be a JSON object');
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}

async function listen(server: ReturnType<typeof createServer>, first: number): Promise<number> {
  for (let port = first; port < first + PORTS_TRIED_MAX; port++) {
    const bound = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE') resolve(false);
        else reject(error);
      });
      server.listen({ port, host: HOST }, () => resolve(true));
    });
    if (bound) return port;
  }
  throw new Error(`no free port from ${first} on`);
}
