/** What the steps of a reconcile work with. */
import type { Clock } from '../../server/ports/clock.ts';
import type { OperatorSettings } from '../resources/workload.ts';
import type { Cluster } from '../runtime/cluster.ts';
import type { Applier } from './applier.ts';
import type { ConfigurationStore } from './configuration-store.ts';
import type { Copies } from './copies.ts';
import type { InstanceAdmin } from './instance-admin.ts';
import type { InstanceWatch } from './instance-watch.ts';
import type { World } from './world.ts';

export interface Tools {
  readonly world: World;
  readonly copies: Copies;
  readonly cluster: Cluster;
  readonly applier: Applier;
  readonly configurations: ConfigurationStore;
  readonly admin: InstanceAdmin;
  readonly instances: InstanceWatch;
  readonly settings: OperatorSettings;
  readonly clock: Clock;
}
