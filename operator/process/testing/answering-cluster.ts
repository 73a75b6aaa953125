/** A cluster that answers requests as a test says, without a network. */
import { KubeConfig } from '@kubernetes/client-node';
import type { Clock } from '../../../server/ports/clock.ts';
import { ApiConnection } from '../../runtime/api-connection.ts';
import type { ApiRequest } from '../../runtime/api-connection.ts';
import { Cluster } from '../../runtime/cluster.ts';
import { RecordedMetrics } from '../../runtime/testing/recorded-ports.ts';

/** What the answer has in it; throws for a refusal. */
export type Answer = (request: ApiRequest) => unknown;

class AnsweringConnection extends ApiConnection {
  readonly #answer: Answer;

  constructor(answer: Answer, clock: Clock) {
    const kubeConfig = new KubeConfig();
    const cluster = { name: 'none', server: 'http://none', skipTLSVerify: false };
    kubeConfig.loadFromClusterAndUser(cluster, { name: 'me' });
    super({ kubeConfig, userAgent: 'test', clock, metrics: new RecordedMetrics() });
    this.#answer = answer;
  }

  override async text(request: ApiRequest): Promise<string> {
    return JSON.stringify(await this.#answer(request));
  }
}

export function answeringCluster(answer: Answer, clock: Clock): Cluster {
  return new Cluster(new AnsweringConnection(answer, clock), 'ecp-operator');
}
