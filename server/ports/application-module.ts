/** Loading an application's code, as the instance sees it. */
export interface ApplicationModules {
  /** The module's default export. Rejects when there is none. */
  load(path: string): Promise<unknown>;
}
