/** What a part of the operator meets when it is tried alone: a cluster in memory, the client and copies of what there is. */
import type { Clock } from '../../../server/ports/clock.ts';
import { silentLog } from '../../../server/ports/log.ts';
import { Cluster } from '../../runtime/cluster.ts';
import { RecordedMetrics } from '../../runtime/testing/recorded-ports.ts';
import { allOf, openCopies } from '../copies.ts';
import type { Copies } from '../copies.ts';
import { MemoryApiServer } from './memory-api-server.ts';
import { MemoryConnection } from './memory-connection.ts';

export interface MemoryClient {
  readonly server: MemoryApiServer;
  readonly connection: MemoryConnection;
  readonly cluster: Cluster;
  /** Started; in step a few turns later. */
  readonly copies: Copies;
}

/** `namespaces`: those that are looked after; none means all. */
export function openClient(clock: Clock, namespaces: readonly string[] = []): MemoryClient {
  const server = new MemoryApiServer(clock);
  const connection = new MemoryConnection(server, clock);
  const cluster = new Cluster(connection, 'ecp-operator');
  const copies = openCopies(namespaces, {
    source: cluster,
    clock,
    log: silentLog,
    metrics: new RecordedMetrics(),
    random: () => 0.5,
  });
  for (const part of allOf(copies)) part.start();
  return { server, connection, cluster, copies };
}
