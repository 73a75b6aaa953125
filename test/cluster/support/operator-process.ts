/**
 * The operator as a process on this machine, for faults that a pod cannot be given: stopped, killed after a write,
 * behind a fault proxy. It has the rights of the chart's ServiceAccount and reaches pods at their own addresses, so
 * this machine must be in the cluster's network.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { eventually, kubectl } from './kubectl.ts';
import { IMAGE } from './images.ts';
import { OPERATOR_NAMESPACE, RELEASE } from './operator.ts';
import type { Upstream } from './fault-proxy.ts';

const ROOT = join(import.meta.dirname, '../../..');
const READY_MS = 60_000;
const STOP_MS = 45_000;
const ANSWER_MS = 1000;

/** As the chart has it. */
const LEASE = { durationSeconds: 15, renewSeconds: 10, retrySeconds: 2 };

export interface OperatorProcessOptions {
  /** Its pod's name: the identity in the Lease. */
  readonly name: string;
  /** In place of the API server: a fault proxy. */
  readonly server?: Upstream;
  readonly watchNamespaces: readonly string[];
  readonly lease?: typeof LEASE;
}

/** The API server of the present kubeconfig. */
export function apiServer(): Upstream {
  const config = JSON.parse(
    kubectl(['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json']),
  ) as {
    clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }];
  };
  const { cluster } = config.clusters[0];
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64').toString();
  return { server: cluster.server, ca };
}

/** A kubeconfig for the operator's ServiceAccount. */
function kubeconfigFor({ server, ca }: Upstream): string {
  const token = kubectl(['create', 'token', RELEASE, '-n', OPERATOR_NAMESPACE]).trim();
  const cluster = { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user: { token } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });
}

export class OperatorProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly healthPort: number;
  #log = '';

  private constructor(options: OperatorProcessOptions, healthPort: number) {
    const { name, server = apiServer(), watchNamespaces, lease = LEASE } = options;
    this.healthPort = healthPort;
    this.#name = name;
    this.#folder = mkdtempSync(join(tmpdir(), 'ecp-operator-'));
    const kubeconfig = join(this.#folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigFor(server), { mode: 0o600 });
    const program = ['--disable-warning=ExperimentalWarning', join(ROOT, 'operator/main.ts')];
    this.#child = spawn(process.execPath, program, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'] ?? '',
        KUBECONFIG: kubeconfig,
        ECP_OPERATOR_SERVER_IMAGE: IMAGE,
        ECP_OPERATOR_NAMESPACE: OPERATOR_NAMESPACE,
        ECP_OPERATOR_POD_NAME: name,
        ECP_OPERATOR_SERVICE_ACCOUNT: RELEASE,
        ECP_OPERATOR_WATCH_NAMESPACES: watchNamespaces.join(','),
        ECP_OPERATOR_CLUSTER_DOMAIN: 'cluster.local',
        ECP_OPERATOR_LOG_LEVEL: 'debug',
        ECP_OPERATOR_HEALTH_PORT: String(healthPort),
        ECP_OPERATOR_POD_LABELS: `app.kubernetes.io/name=ecp-operator,app.kubernetes.io/instance=${RELEASE}`,
        ECP_OPERATOR_MANAGER: `${OPERATOR_NAMESPACE}/${RELEASE}`,
        ECP_OPERATOR_LEASE_NAME: RELEASE,
        ECP_OPERATOR_LEASE_DURATION_SECONDS: String(lease.durationSeconds),
        ECP_OPERATOR_LEASE_RENEW_SECONDS: String(lease.renewSeconds),
        ECP_OPERATOR_LEASE_RETRY_SECONDS: String(lease.retrySeconds),
      },
    });
    const keep = (chunk: Buffer): void => void (this.#log += chunk.toString());
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
  }

  /** Returns at once: a process that is not the leader waits for its turn. */
  static async start(options: OperatorProcessOptions): Promise<OperatorProcess> {
    return new OperatorProcess(options, await freePort());
  }

  get log(): string {
    return this.#log;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    this.#child.kill(signal);
  }

  async page(path: string): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${this.healthPort}${path}`, {
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return answer.text();
  }

  /** Whether it holds the Lease, by its own metric; false too when it cannot be asked. */
  async isLeader(): Promise<boolean> {
    const metrics = await this.page('/metrics').catch(() => '');
    return /^leader_election_master_status(\{[^}]*\})? 1$/m.test(metrics);
  }

  async untilLeader(): Promise<void> {
    const probe = async (): Promise<true | undefined> => {
      if (this.hasEnded) throw new Error(this.lastLines());
      return (await this.isLeader()) ? true : undefined;
    };
    await eventually(probe, READY_MS, 'the operator does not lead, not');
  }

  lastLines(count = 40): string {
    const lines = this.#log.split('\n').slice(-count);
    return [`--- operator process ${this.#name}`, ...lines].join('\n');
  }

  /** In order; killed when it takes too long. */
  async stop(): Promise<void> {
    if (!this.hasEnded) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGCONT');
      this.#child.kill('SIGTERM');
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async untilEnded(): Promise<void> {
    if (!this.hasEnded) await once(this.#child, 'exit');
  }
}

/** Starts the operator anew whenever it has ended, as a kubelet does: one that loses its lease ends. */
export class RestartedOperator {
  readonly #options: OperatorProcessOptions;
  #now: OperatorProcess | undefined;
  #isStopping = false;
  #running: Promise<void> = Promise.resolve();
  #log = '';

  constructor(options: OperatorProcessOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      this.#now = await OperatorProcess.start(this.#options);
      await this.#now.untilEnded();
      this.#log += `${this.#now.lastLines()}\n`;
      await this.#now.stop();
    }
  }

  lastLines(): string {
    return `${this.#log}${this.#now?.lastLines() ?? ''}`;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#now?.stop();
    await this.#running;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
