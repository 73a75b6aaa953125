/** The far end of ECP connections as a pod (inside/peer.ts), and what it heard, with times. */
import { apply, eventually } from './kubectl.ts';
import { insideScript, page, untilPodReady } from './pods.ts';
import { scriptPod } from './test-pods.ts';

const HTTP_PORT = 8080;
/** Of what was heard, in an error. */
const TOLD_MAX = 8;

/** How it treats app servers. */
export type Manner = 'close' | 'refuse' | 'welcome';

export interface Heard {
  /** By the pod's clock. */
  readonly atMs: number;
  /** A port, a name that was dialled under, or what a question is called. */
  readonly line: string;
  readonly what:
    | 'manner'
    | 'hello'
    | 'welcome'
    | 'refused'
    | 'frame'
    | 'goodbye'
    | 'closed'
    | 'asked'
    | 'answered'
    | 'failed';
  readonly detail: unknown;
}

export interface CatalogueEntry {
  readonly name: string;
  readonly blockSize: number;
  readonly readOnly: boolean;
  readonly resource: string;
}

export class Peer {
  readonly #namespace: string;
  readonly #name: string;

  private constructor(namespace: string, name: string) {
    this.#namespace = namespace;
    this.#name = name;
  }

  static async start(
    namespace: string,
    {
      name = 'peer',
      ports = [],
    }: { readonly name?: string; readonly ports?: readonly number[] } = {},
  ): Promise<Peer> {
    const env = { PEER_PORTS: ports.join(',') };
    apply([scriptPod(insideScript('peer'), { namespace, name, env, labels: { peer: name } })]);
    await untilPodReady(namespace, name);
    return new Peer(namespace, name);
  }

  /** From now on it treats app servers on this port so. */
  become(port: number, manner: Manner): void {
    this.#get(`/as?port=${port}&manner=${manner}`);
  }

  /** Says hello to a data server, and nothing more once it is welcome. */
  dial(host: string, name: string, port = 1972): void {
    this.#get(`/dial?host=${host}&port=${port}&name=${name}`);
  }

  /** Reads a global through an instance's client port, and does not wait. */
  ask(host: string, line: string, global = 'Anything'): void {
    this.#get(`/ask?target=${host}:1973&global=${global}&line=${line}`);
  }

  /** Of one line, what is of these kinds, in order. */
  heard(line: string, ...kinds: readonly Heard['what'][]): Heard[] {
    const all = JSON.parse(this.#get('/heard')) as Heard[];
    return all.filter(
      (one) => one.line === line && (kinds.length === 0 || kinds.includes(one.what)),
    );
  }

  /** The first of these kinds on a line; waits for it. */
  async first(line: string, timeoutMs: number, ...kinds: readonly Heard['what'][]): Promise<Heard> {
    const probe = (): Heard => {
      const found = this.heard(line, ...kinds)[0];
      if (found !== undefined) return found;
      throw new Error(JSON.stringify(this.heard(line).slice(-TOLD_MAX)));
    };
    const what = `${this.#name} has heard no ${kinds.join(' or ')} on ${line}`;
    return eventually(probe, timeoutMs, what);
  }

  #get(path: string): string {
    return page(this.#namespace, this.#name, HTTP_PORT, path);
  }
}

/** Pauses between one and the next, in milliseconds. */
export const gaps = (heard: readonly Heard[]): number[] =>
  heard.slice(1).map(({ atMs }, i) => atMs - (heard[i]?.atMs ?? atMs));
