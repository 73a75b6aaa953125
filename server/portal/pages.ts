/** What an instance shows over HTTP: metrics for Prometheus and health for Kubernetes. Plain handlers. */

export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface PortalHost {
  /** The metrics' text, and its content type. */
  readonly metrics: () => Promise<{ readonly body: string; readonly contentType: string }>;
  /** Why it takes no requests; undefined when it does: recovered, listening. Peers do not matter (rule K12). */
  readonly notReady: () => string | undefined;
}

function plain(status: number, body: string): Page {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${body}\n` };
}

/** The page for a request's method and path. */
export async function pageFor(host: PortalHost, method: string, path: string): Promise<Page> {
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'only GET');
  switch (path.split('?')[0]) {
    case '/metrics': {
      const { body, contentType } = await host.metrics();
      return { status: 200, contentType, body };
    }
    case '/livez':
      // Answering at all is life: a frozen journal or a long replay is no reason to be killed (rule K12).
      return plain(200, 'alive');
    case '/readyz': {
      const reason = host.notReady();
      return reason === undefined ? plain(200, 'ready') : plain(503, `not ready: ${reason}`);
    }
    case '/':
      return plain(200, 'ECP instance: /metrics /livez /readyz');
    default:
      return plain(404, 'no such page');
  }
}
