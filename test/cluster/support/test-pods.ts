/** Pods that are no instances: one that knocks at a data server, and one that writes through app servers. */
import { apply, eventually } from './kubectl.ts';
import { insideScript, nodeCommand, page, untilPodReady } from './pods.ts';
import { IMAGE } from './images.ts';

const HTTP_PORT = 8080;
const HEARD_MS = 20_000;

interface PodOptions {
  readonly namespace: string;
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly hostNetwork?: boolean;
}

/** A pod that runs a script under `inside/`, ready when it answers over HTTP. */
export function scriptPod(script: string, options: PodOptions): object {
  const { namespace, name, env, labels = {}, hostNetwork = false } = options;
  const container = {
    name: 'script',
    image: IMAGE,
    command: nodeCommand(script),
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    readinessProbe: { tcpSocket: { port: HTTP_PORT }, periodSeconds: 1 },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      hostNetwork,
      ...(hostNetwork ? { dnsPolicy: 'ClusterFirstWithHostNet' } : {}),
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [container],
    },
  };
}

/** How often a data server gave which answer: NOT_ALLOWED, WELCOME …, UNREACHABLE where nobody listened. */
export type Outcomes = Readonly<Record<string, number>>;

interface Answers {
  readonly outcomes: Outcomes;
  readonly last: string;
  /** How long the last answer has been the same. */
  readonly ageMs: number;
}

/** A pod that asks a data server for admission all the time, under the name of an app server. */
export class Knocker {
  readonly #namespace: string;
  readonly #name: string;

  private constructor(namespace: string, name: string) {
    this.#namespace = namespace;
    this.#name = name;
  }

  static async start(
    options: Omit<PodOptions, 'env'> & { readonly host: string; readonly asName?: string },
  ): Promise<Knocker> {
    const { namespace, name, host, asName = 'foreign-0' } = options;
    const env = { KNOCK_HOST: host, KNOCK_PORT: '1972', KNOCK_NAME: asName };
    apply([scriptPod(insideScript('knock'), { ...options, env })]);
    await untilPodReady(namespace, name);
    return new Knocker(namespace, name);
  }

  outcomes(): Outcomes {
    return this.#heard().outcomes;
  }

  /** Waits until this is the answer; since when it is, by the clock of this process. */
  async since(outcome: string): Promise<number> {
    const probe = (): number | undefined => {
      const { last, ageMs } = this.#heard();
      return last === outcome ? Date.now() - ageMs : undefined;
    };
    return eventually(probe, HEARD_MS, `${this.#name}: ${outcome} not heard`);
  }

  /** Waits for more answers of a kind than there are now. */
  async untilMore(outcome: string, more = 5): Promise<void> {
    const before = this.outcomes()[outcome] ?? 0;
    const probe = (): true | undefined => {
      const { outcomes } = this.#heard();
      if ((outcomes[outcome] ?? 0) >= before + more) return true;
      throw new Error(JSON.stringify(outcomes));
    };
    await eventually(probe, HEARD_MS, `${this.#name}: not ${more} times ${outcome}`);
  }

  #heard(): Answers {
    return JSON.parse(page(this.#namespace, this.#name, HTTP_PORT, '/')) as Answers;
  }
}

export interface LoadReport {
  readonly acknowledged: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly longestGapMs: number;
}

/** A pod whose writers go through the Service of app servers, a connection each. */
export class Load {
  readonly #namespace: string;

  private constructor(namespace: string) {
    this.#namespace = namespace;
  }

  static async start(
    namespace: string,
    { targets }: { readonly targets: readonly string[] },
  ): Promise<Load> {
    const env = { LOAD_TARGETS: targets.join(',') };
    apply([scriptPod(insideScript('load'), { namespace, name: 'load', env })]);
    await untilPodReady(namespace, 'load');
    return new Load(namespace);
  }

  report(): LoadReport {
    return this.#ask('/report') as LoadReport;
  }

  /** Waits until so many more changes are durable than now. */
  async untilMore(more: number, timeoutMs: number): Promise<void> {
    const before = this.report().acknowledged;
    const probe = (): true | undefined => {
      const now = this.report();
      if (now.acknowledged >= before + more) return true;
      throw new Error(JSON.stringify(now));
    };
    await eventually(probe, timeoutMs, `not ${more} more acknowledged changes`);
  }

  /** Ends the writers, and reads back what was acknowledged. */
  verify(): LoadReport & { readonly missing: readonly string[] } {
    this.#ask('/stop');
    return this.#ask('/verify') as LoadReport & { readonly missing: readonly string[] };
  }

  #ask(path: string): unknown {
    return JSON.parse(page(this.#namespace, 'load', HTTP_PORT, path)) as unknown;
  }
}
