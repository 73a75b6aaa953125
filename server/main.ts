/**
 * The composition root of an instance: reads the configuration, opens what touches the machine, and runs the
 * instance until it is told to stop (SIGTERM, SIGINT). SIGHUP reads the configuration again.
 *
 *   node server/main.ts --configuration FILE
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { DnsResolver } from './adapters/dns-resolver.ts';
import { lockFolder } from './adapters/folder-lock.ts';
import { listenAdmin } from './adapters/grpc-admin-service.ts';
import { listenClients } from './adapters/grpc-client-service.ts';
import { GrpcTransport, listenGrpc } from './adapters/grpc-transport.ts';
import { listenHttp } from './adapters/http-listener.ts';
import { JournalFiles } from './adapters/journal-files.ts';
import { LmdbPageStore } from './adapters/lmdb-page-store.ts';
import { PinoLog } from './adapters/pino-log.ts';
import { PromMetrics } from './adapters/prom-metrics.ts';
import { SystemClock } from './adapters/system-clock.ts';
import { SystemRandom } from './adapters/system-random.ts';
import { adminCalls } from './api/admin/admin.ts';
import { ClientListener } from './api/client/client-listener.ts';
import { EcpError, isEcpError, messageOf } from './base/errors.ts';
import { parseConfiguration, type Configuration } from './instance/configuration.ts';
import { Instance } from './instance/instance.ts';
import type { Application, Database } from './instance/database.ts';
import { pageFor } from './portal/pages.ts';

/** How long an application may take to end after its signal was aborted. */
const APPLICATION_END_MS = 10_000;

interface Running {
  readonly stop: () => Promise<void>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { configuration: { type: 'string' } } });
  const file = values.configuration;
  if (file === undefined)
    throw new EcpError('CONFIGURATION', 'usage: node server/main.ts --configuration FILE');
  const running = await start(resolve(file));
  let stopping = false;
  const stop = (why: string): void => {
    if (stopping) return;
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(`stopping because of ${why} failed: ${messageOf(error)}`),
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // Whoever started this with a channel and is gone has left it behind.
  process.on('disconnect', () => stop('the end of its parent'));
}

/** Reads and checks the file; relative paths in it start at its folder. */
function readConfiguration(file: string): Configuration {
  const configuration = parseConfiguration(readFileSync(file, 'utf8'), file);
  const from = (path: string): string => (isAbsolute(path) ? path : join(dirname(file), path));
  return {
    ...configuration,
    dataDirectory: from(configuration.dataDirectory),
    journalDirectory: from(configuration.journalDirectory),
    admin: { ...configuration.admin, tokenFile: from(configuration.admin.tokenFile) },
  };
}

async function start(file: string): Promise<Running> {
  const configuration = readConfiguration(file);
  const lock = lockFolder(configuration.dataDirectory);
  const log = PinoLog.open(configuration.name, configuration.logLevel);
  const metrics = new PromMetrics();
  const instance = Instance.open(configuration, {
    clock: new SystemClock(),
    log,
    metrics,
    random: new SystemRandom(),
    resolver: new DnsResolver(),
    transport: new GrpcTransport(),
    journal: new JournalFiles(configuration.journalDirectory),
    openStore: (name, { temporary }) => openStore(configuration, name, temporary),
  });
  const authenticates = tokenCheck(configuration.admin.tokenFile);
  const reload = (): void => {
    const changed = readConfiguration(file);
    instance.reconfigure(changed);
    log.setLevel(changed.logLevel);
    log.info('configuration applied');
  };
  process.on('SIGHUP', () => {
    try {
      reload();
    } catch (error) {
      log.error('configuration not applied', { problem: messageOf(error) });
    }
  });
  let ready = false;
  const portal = { metrics: () => metrics.text(), isReady: () => ready };
  const http = await listenHttp(configuration.metrics, (method, path) =>
    pageFor(portal, method, path),
  );
  const admin = await listenAdmin(
    configuration.admin,
    adminCalls({ instance, reload }),
    authenticates,
  );
  const sessions = new ClientListener(instance, { clock: instance.clock, log });
  const clients = await listenClients(configuration.client, sessions.accept);
  const ecp = await listenGrpc(configuration.ecp, (channel) => instance.dataServer.accept(channel));
  const application = await startApplication(configuration, file, instance, log);
  ready = true;
  log.info('instance serves', {
    ecp: ecp.port,
    client: clients.port,
    admin: admin.port,
    metrics: http.port,
  });
  return {
    stop: async () => {
      ready = false;
      log.info('instance stops');
      await application.stop();
      await clients.close();
      await instance.stop();
      await ecp.close();
      admin.close();
      http.close();
      lock.release();
    },
  };
}

function openStore(configuration: Configuration, name: string, temporary: boolean): LmdbPageStore {
  const folder = join(configuration.dataDirectory, 'databases', name);
  if (temporary) rmSync(folder, { recursive: true, force: true });
  return new LmdbPageStore(folder);
}

/** Compares with the token file's content, which is made when it is missing; read anew each time, so it can be rotated. */
function tokenCheck(tokenFile: string): (token: string) => boolean {
  if (!existsSync(tokenFile)) {
    mkdirSync(dirname(tokenFile), { recursive: true });
    writeFileSync(tokenFile, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  }
  return (token) => {
    const expected = Buffer.from(readFileSync(tokenFile, 'utf8').trim());
    const given = Buffer.from(token);
    return (
      expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected)
    );
  };
}

/** Loads the application module and calls it; its end or failure does not end the instance. */
async function startApplication(
  configuration: Configuration,
  file: string,
  instance: Instance,
  log: PinoLog,
): Promise<Running> {
  const { application } = configuration;
  if (application === undefined) return { stop: () => Promise.resolve() };
  Object.assign(process.env, application.env);
  const path = isAbsolute(application.module)
    ? application.module
    : join(dirname(file), application.module);
  if (!existsSync(path)) {
    throw new EcpError('CONFIGURATION', `application.module: there is no file ${path}`);
  }
  const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
  if (typeof module.default !== 'function') {
    throw new EcpError(
      'CONFIGURATION',
      `application.module: ${path} has no function as its default export`,
    );
  }
  const namespace = configuration.namespaces[0]?.name ?? '%SYS';
  const controller = new AbortController();
  const database: Database = instance.openJob(namespace);
  const ended = (async () => {
    try {
      await (module.default as Application)(database, controller.signal);
    } catch (error) {
      if (!controller.signal.aborted)
        log.error('application failed', { problem: messageOf(error) });
    }
  })();
  return {
    stop: async () => {
      controller.abort(new EcpError('CANCELLED', 'the instance stops'));
      const timeout = new Promise((done) => setTimeout(done, APPLICATION_END_MS).unref());
      await Promise.race([ended, timeout]);
      await database.close();
    },
  };
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

main().catch((error: unknown) => {
  fail(
    isEcpError(error)
      ? error.message
      : `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
});
