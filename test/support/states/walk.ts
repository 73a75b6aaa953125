/**
 * Walks: short lives of real connections that go through named cells of the tables of states, each end in turn. The
 * scenario tests walk them and look which cells were taken; `npm run generate` lists them in docs/spec.
 */
import type { AppSideState } from '../../../server/ecp/app-server/connection-state.ts';
import type { DataSideState } from '../../../server/ecp/data-server/session-state.ts';
import type { Host, World } from '../world.ts';

/** What both ends show: the app server's own line, and the data server's line of it. */
export interface Ends {
  readonly app?: AppSideState | undefined;
  /** 'none': the data server lists no such app server. */
  readonly data?: DataSideState | 'none' | undefined;
}

/** `Cell` is a state and an event: "normal lost". */
export interface Walk<Cell extends string> {
  readonly title: string;
  readonly cells: readonly Cell[];
  /** What the ends show at the end; a raw peer shows nothing. */
  readonly ends: Ends;
  /** Walks in worlds of its own; returns what the ends show. */
  run(newWorld: () => World): Promise<Ends>;
}

export const appEnd = (host: Host): AppSideState | undefined =>
  host.instance.appServer.status()[0]?.state;

export const dataEnd = (host: Host, appServer = 'A'): DataSideState | 'none' =>
  host.instance.dataServer.connections().find(({ name }) => name === appServer)?.state ?? 'none';

export const ends = (app: Host, data?: Host): Ends =>
  data === undefined ? { app: appEnd(app) } : { app: appEnd(app), data: dataEnd(data) };

/** Nobody waits for it; that it fails is no accident. */
export function ignore(work: unknown): void {
  void Promise.resolve(work).catch(() => undefined);
}
