/** node:http for the portal's pages. */
import { createServer } from 'node:http';
import { listenHost } from './listen-host.ts';

export interface HttpListener {
  readonly port: number;
  close(): void;
}

type Page = { readonly status: number; readonly contentType: string; readonly body: string };

const REQUEST_TIMEOUT_MS = 10_000;

export async function listenHttp(
  address: { readonly host: string; readonly port: number },
  pageFor: (method: string, path: string) => Promise<Page>,
): Promise<HttpListener> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    pageFor(request.method ?? '', request.url ?? '').then(
      (page) => {
        response.writeHead(page.status, { 'content-type': page.contentType });
        response.end(request.method === 'HEAD' ? undefined : page.body);
      },
      () => {
        response.writeHead(500);
        response.end();
      },
    );
  });
  const host = await listenHost(address.host);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, host, resolve);
  });
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : address.port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
