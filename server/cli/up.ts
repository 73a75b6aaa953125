/** `ecp up`: runs manifests as processes on this machine until it is told to stop. */
import { startLocal, type LocalEvent } from '../../operator/local/local-topology.ts';

export interface UpOptions {
  readonly file: readonly string[];
  readonly data?: string;
}

export async function up(options: UpOptions): Promise<void> {
  const controller = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (!controller.signal.aborted) console.log('stopping …');
        controller.abort();
        resolve();
      });
    }
  });
  const topology = await startLocal({
    manifests: options.file,
    ...(options.data === undefined ? {} : { dataFolder: options.data }),
    signal: controller.signal,
    tell: (event) => console.log(describe(event)),
  });
  for (const instance of topology.state.instances) {
    console.log(
      `${instance.name}  ecp ${instance.ecp.port}  client ${instance.client.port}  admin ${instance.admin.port}  ` +
        `metrics http://${instance.metrics.host}:${instance.metrics.port}/metrics  log ${instance.logFile}`,
    );
  }
  await stopped;
  await topology.stop();
}

function describe(event: LocalEvent): string {
  switch (event.kind) {
    case 'instance':
      return `${event.name}  ${event.state}  ${event.detail}`;
    case 'condition':
      return `${event.resource}  ${event.text}`;
    case 'refused':
      return `not applied: ${event.text}`;
    case 'note':
      return event.text;
  }
}
