/**
 * The walk of one block through a topology, step by step: a read finds its way from an app server's empty cache
 * to the data server's disk and back; a change invalidates every copy; the next read gets the new value.
 *
 * Steps 9 to 11 and the start are given by the public description of the walk; 1 to 8 were pictures there and are
 * inferred. A step counts only if the server that had the effect says so itself: in its log, at the place in
 * the code where it happens.
 */

export interface LogLine {
  readonly msg: string;
  readonly database?: string | undefined;
}

/** What the walk is taken on. */
export interface Stage {
  /** Where jobs run: two app servers, and the data server itself. */
  readonly servers: { readonly first: string; readonly second: string; readonly data: string };
  get(server: string, global: string): Promise<string | undefined>;
  /** Changes the global and waits until the change is applied and seen. */
  set(server: string, global: string, value: string): Promise<void>;
  /** Has the data server's write daemon write now. */
  checkpoint(): Promise<void>;
  /** Log lines of a server since the last call. */
  newLines(server: string): readonly LogLine[];
  /** Waits a moment for a log or a message that is under way. */
  pause(ms: number): Promise<void>;
}

export interface Step {
  readonly step: number;
  readonly title: string;
  readonly where: string;
  readonly ok: boolean;
  /** What the server said, or what is missing. */
  readonly detail: string;
}

const WAIT_MS_MAX = 5_000;
const WAIT_STEP_MS = 20;

/** The database that the walk's globals lie in. */
const DATABASE = 'ACCOUNTS';

/** Takes the eleven steps; `report` hears each as it is known. Returns whether all happened. */
export async function takeElevenSteps(
  stage: Stage,
  report: (step: Step) => void,
): Promise<boolean> {
  const { first, second, data } = stage.servers;
  const said = new Said(stage);
  let all = true;
  const tell = (step: number, title: string, where: string, detail: string | undefined): void => {
    const ok = detail !== undefined;
    all &&= ok;
    report({ step, title, where, ok, detail: detail ?? 'did not happen' });
  };
  const expectSaid = async (
    step: number,
    title: string,
    server: string,
    message: string,
  ): Promise<void> => tell(step, title, server, await said.by(server, message));

  said.forget();
  const value = await stage.get(first, 'B');
  tell(
    1,
    `a user asks ${first} for ^B`,
    first,
    value === undefined ? undefined : 'asked by a client of this server',
  );
  await expectSaid(2, `${first} does not have it in its cache`, first, 'block not in the cache');
  await expectSaid(3, `${first} asks the data server`, first, 'block requested');
  await expectSaid(
    4,
    `${data} does not have it in its cache either`,
    data,
    'block not in the buffer pool',
  );
  await expectSaid(5, `${data} reads the block from disk`, data, 'block read from disk');
  await expectSaid(6, `${data} keeps it in its cache`, data, 'block into the buffer pool');
  await expectSaid(7, `${first} gets the block into its cache`, first, 'block into the cache');
  tell(8, `the user gets "B"`, first, value === 'B' ? `^B = ${JSON.stringify(value)}` : undefined);

  // Another app server holds a copy too; then a job on the data server changes ^B.
  await stage.get(second, 'B');
  said.forget();
  await stage.set(data, 'B', 'B2');
  const dropped = [
    await said.by(first, 'block dropped from the cache'),
    await said.by(second, 'block dropped from the cache'),
  ];
  tell(
    9,
    `^B is changed: ${first} and ${second} drop their copies`,
    `${first}, ${second}`,
    dropped.includes(undefined) ? undefined : 'block dropped from the cache (both)',
  );
  await stage.checkpoint();
  await expectSaid(10, `${data} writes the changed block to disk`, data, 'blocks written to disk');
  said.forget();
  const again = await stage.get(first, 'B');
  const asked = await said.by(first, 'block into the cache');
  tell(
    11,
    `${first} is asked again and gets the new value`,
    first,
    again === 'B2' && asked !== undefined
      ? `^B = ${JSON.stringify(again)}, fetched anew`
      : undefined,
  );
  return all;
}

/** What servers said in their logs since a moment. */
class Said {
  readonly #stage: Stage;
  readonly #lines = new Map<string, LogLine[]>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** From here on only what is said later counts. */
  forget(): void {
    for (const server of Object.values(this.#stage.servers)) {
      this.#stage.newLines(server);
      this.#lines.set(server, []);
    }
  }

  /** The message, once the server has said it of the walk's database; undefined if it does not in time. */
  async by(server: string, message: string): Promise<string | undefined> {
    for (let waitedMs = 0; waitedMs <= WAIT_MS_MAX; waitedMs += WAIT_STEP_MS) {
      const lines = this.#lines.get(server) ?? [];
      lines.push(...this.#stage.newLines(server));
      this.#lines.set(server, lines);
      const found = lines.find(
        ({ msg, database }) => msg === message && (database ?? DATABASE) === DATABASE,
      );
      if (found !== undefined) return found.msg;
      await this.#stage.pause(WAIT_STEP_MS);
    }
    return undefined;
  }
}
