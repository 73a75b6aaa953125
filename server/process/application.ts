/** The application module of an instance: loaded, called once, told to end, waited for. */
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EcpError, messageOf } from '../base/errors.ts';
import type { Configuration } from '../instance/configuration.ts';
import type { Application } from '../instance/database.ts';
import type { Instance } from '../instance/instance.ts';
import type { Log } from '../ports/log.ts';

export interface RunningApplication {
  /** Aborts its signal; resolves when it has ended, and its job is closed. */
  stop(): Promise<void>;
}

type Loaded = NonNullable<Configuration['application']>;

/**
 * Loads the module, below `folder` where its path is relative, and calls it. EcpError CONFIGURATION when it cannot
 * be loaded; once it was called, its end or failure does not end the instance.
 */
export async function startApplication(
  configured: Loaded,
  folder: string,
  instance: Instance,
  log: Log,
): Promise<RunningApplication> {
  Object.assign(process.env, configured.env);
  const { module } = configured;
  const run = await load(isAbsolute(module) ? module : join(folder, module));
  const controller = new AbortController();
  const database = instance.openJob(instance.configuration.namespaces[0]?.name ?? '%SYS');
  const ended = (async () => {
    try {
      await run(database, controller.signal);
      log.info('application ended');
    } catch (error) {
      if (!controller.signal.aborted)
        log.error('application failed', { problem: messageOf(error) });
    }
  })();
  return {
    stop: async () => {
      controller.abort(new EcpError('CANCELLED', 'the instance stops'));
      await ended;
      await database.close();
    },
  };
}

async function load(path: string): Promise<Application> {
  const refuse = (why: string): EcpError =>
    new EcpError('CONFIGURATION', `application.module: ${why}`);
  if (!existsSync(path)) throw refuse(`there is no file ${path}`);
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(path).href)) as { default?: unknown };
  } catch (error) {
    throw refuse(`${path} cannot be loaded: ${messageOf(error)}`);
  }
  if (typeof module.default !== 'function')
    throw refuse(`${path} has no function as its default export`);
  return module.default as Application;
}
