/**
 * `ecp`: runs topologies on this machine and works on running ones.
 *
 * Exit codes: 0 done; 1 failed, with the reason on standard error; 2 wrong usage.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import { PRODUCT_VERSION } from '../ecp/wire/versions.ts';
import { EcpError, isEcpError, messageOf } from '../base/errors.ts';
import { DATA_FOLDER_DEFAULT } from '../../operator/local/state-file.ts';
import type { GlobalFileFormat } from '../globals/global-file.ts';
import type { IntegrityOptions } from './integrity.ts';
import type { JournalOptions } from './journal.ts';
import type { RestoreOptions } from './restore.ts';

const program = new Command('ecp')
  .description('Distributed globals: topologies on this machine, and work on running ones')
  .version(PRODUCT_VERSION)
  .showHelpAfterError()
  .configureOutput({ outputError: (text, write) => write(text) });

type ExportFlags = TargetFlags & { readonly output: string; readonly format: GlobalFileFormat };

const dataOption = () =>
  new Option('--data <folder>', 'folder of the topology').default(DATA_FOLDER_DEFAULT);
const atOption = () =>
  new Option('--at <instance>', 'an instance of the running topology, or host:port');
/** Locks that `ecp locks` shows of each instance, unless it is said. */
const LOCKS_LISTED = 1000;
const namespaceOption = () => new Option('--namespace <name>', 'the namespace').default('USER');

program
  .command('up')
  .description(
    'run EcpDataServer and EcpAppServer manifests as processes, until Ctrl-C; changed files are applied',
  )
  .requiredOption('-f, --file <files...>', 'manifests, files or folders')
  .addOption(dataOption())
  .action(async (options: { file: string[]; data: string }) => {
    const { up } = await import('./up.ts');
    await up(options);
  });

program
  .command('quickstart')
  .description(
    'a topology from examples/quickstart.yaml, real globals, and the eleven steps of a block; then stops',
  )
  .option('--json', 'one JSON line a step')
  .action(async (options: { json?: boolean }) => {
    const { quickstart } = await import('./quickstart/quickstart.ts');
    process.exitCode = (await quickstart(options)) ? 0 : 1;
  });

program
  .command('status')
  .description(
    'every instance of the running topology, its connections on both sides, its databases',
  )
  .addOption(dataOption())
  .option('--json', 'as JSON')
  .action(async (options: { data: string; json?: boolean }) => {
    const { collectStatus, formatStatus } = await import('./status.ts');
    const reports = await collectStatus(options.data);
    console.log(
      options.json === true ? JSON.stringify(reports, undefined, 2) : formatStatus(reports),
    );
  });

program
  .command('shell')
  .description("M's commands on globals: SET KILL WRITE ZWRITE MERGE FOR …")
  .addOption(atOption())
  .addOption(namespaceOption())
  .addOption(dataOption())
  .option('-e, --execute <line>', 'one line, then leave')
  .action(async (options: TargetFlags & { execute?: string }) => {
    const { shell } = await import('./shell-command.ts');
    process.exitCode = await shell(options);
  });

program
  .command('import')
  .description('load ZWR or GO files, plain or gzip; - is standard input')
  .argument('<files...>')
  .addOption(atOption())
  .addOption(namespaceOption())
  .addOption(dataOption())
  .action(async (files: string[], options: TargetFlags) => {
    const { importFiles } = await import('./transfer.ts');
    await importFiles(files, options);
  });

program
  .command('export')
  .description('write globals as ZWR or GO: ^NAME …; all of the namespace without one')
  .argument('[globals...]')
  .option('-o, --output <file>', 'gzip when it ends in .gz; - is standard output', '-')
  .addOption(atOption())
  .addOption(namespaceOption())
  .addOption(dataOption())
  .addOption(
    new Option('--format <format>', 'GO takes no values with line breaks')
      .choices(['zwr', 'go'])
      .default('zwr'),
  )
  .action(async (globals: string[], options: ExportFlags) => {
    const { exportGlobals } = await import('./transfer.ts');
    await exportGlobals(globals, options);
  });

program
  .command('connection')
  .description(
    "an app server's connection to a data server: back to normal, disconnect (once), or disable",
  )
  .argument('[data-server]', 'its logical name on the app server')
  .addArgument(
    program.createArgument('[change]', 'what to do').choices(['normal', 'disconnect', 'disable']),
  )
  .option('--states', 'print the states of both ends, what holds in each, and where it leads')
  .addOption(atOption())
  .addOption(dataOption())
  .action(
    async (
      dataServer: string | undefined,
      change: 'normal' | 'disconnect' | 'disable' | undefined,
      options: TargetFlags & { states?: boolean },
      command: Command,
    ) => {
      if (options.states === true) {
        const { formatConnectionStates } = await import('./connection-states.ts');
        console.log(formatConnectionStates());
        return;
      }
      if (dataServer === undefined || change === undefined)
        command.error('error: name a data server and what to do, or --states');
      const { changeConnection } = await import('./connection.ts');
      await changeConnection(dataServer, change, options);
    },
  );

const transactions = program
  .command('transactions')
  .description('open transactions of all instances, or of one; rollback ends one')
  .addOption(atOption())
  .addOption(dataOption())
  .option('--json', 'as JSON')
  .action(async (options: { at?: string; data: string; json?: boolean }) => {
    const { listTransactions, formatTransactions } = await import('./transactions.ts');
    const reports = await listTransactions(options);
    console.log(
      options.json === true ? JSON.stringify(reports, undefined, 2) : formatTransactions(reports),
    );
  });

transactions
  .command('rollback')
  .description('roll one back; its job can do nothing in it any more but TROLLBACK')
  .argument('<number>', 'as the list says', wholeNumber)
  .addOption(atOption())
  .addOption(dataOption())
  .action(async (number: number, _options: unknown, command: Command) => {
    const { rollBackTransaction } = await import('./transactions.ts');
    // Options of the list, which has the same names, count as well.
    const instance = await rollBackTransaction(number, command.optsWithGlobals<TargetFlags>());
    console.log(`rolled back transaction ${number} of ${instance}`);
  });

type LockFlags = TargetFlags & { readonly waits: boolean; readonly limit: number };

const locks = program
  .command('locks')
  .description('locks of all instances, or of one, and who waits for whom; remove takes some away')
  .option('--waits', 'requests that wait, for whom, and deadlocks', false)
  .option('--limit <count>', 'at most so many of each instance', wholeNumber, LOCKS_LISTED)
  .addOption(atOption())
  .addOption(dataOption())
  .option('--json', 'as JSON')
  .action(async (options: LockFlags & { json?: boolean }) => {
    const { listLocks, formatLocks } = await import('./locks.ts');
    const reports = await listLocks(options);
    console.log(
      options.json === true
        ? JSON.stringify(reports, undefined, 2)
        : formatLocks(reports, options.waits),
    );
  });

locks
  .command('remove')
  .description('take away all locks of an app server, or of one of its jobs; each hears of it')
  .argument('<client>', 'the app server as the list says, or . for the instance itself')
  .argument('[job]', 'one job; without it all', wholeNumber)
  .requiredOption('--yes', 'what the locks protect may be changed by others at once')
  .addOption(atOption())
  .addOption(dataOption())
  .action(async (client: string, job: number | undefined, _options: unknown, command: Command) => {
    const { removeLocks } = await import('./locks.ts');
    const { instance, jobs } = await removeLocks(
      client,
      job,
      command.optsWithGlobals<TargetFlags>(),
    );
    console.log(`took away the locks of ${jobs} ${jobs === 1 ? 'job' : 'jobs'} at ${instance}`);
  });

program
  .command('backup')
  .description('make a backup of an instance while it works, in its backup folder')
  .option('--name <name>', 'of the backup; by default the time at which it begins')
  .addOption(atOption())
  .addOption(dataOption())
  .action(async (options: { name?: string; at?: string; data: string }) => {
    const { makeBackup, formatBackup } = await import('./backup.ts');
    console.log(formatBackup(await makeBackup(options)));
  });

program
  .command('backups')
  .description('the backups of an instance, and the folder in which they lie')
  .addOption(atOption())
  .addOption(dataOption())
  .option('--json', 'as JSON')
  .action(async (options: { at?: string; data: string; json?: boolean }) => {
    const { listBackups, formatBackup } = await import('./backup.ts');
    const { folder, backups } = await listBackups(options);
    if (options.json === true) console.log(JSON.stringify({ folder, backups }, undefined, 2));
    else console.log([folder, ...backups.map((backup) => `  ${formatBackup(backup)}`)].join('\n'));
  });

program
  .command('restore')
  .description(
    'a data folder from a backup, to the end of its journal or to a point: no instance is needed',
  )
  .requiredOption('--from <backup>', "a backup's folder")
  .requiredOption('--into <folder>', 'the data folder to be: empty, or not there')
  .option(
    '--journal <folders...>',
    'folders with later segments of the journal, to go beyond the backup',
  )
  .option('--to-position <position>', 'the state at this position of the journal')
  .option('--to-time <time>', 'the state at this time: 2026-11-28T13:45:00Z')
  .option('--key-file <files...>', 'keys of what is encrypted')
  .action(async (options: RestoreOptions) => {
    const { restoreBackup, formatRestored } = await import('./restore.ts');
    console.log(formatRestored(await restoreBackup(options), options));
  });

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number))
    throw new InvalidArgumentError('it is a whole number.');
  return number;
}

program
  .command('integrity')
  .description(
    'check that databases and journal are what was stored: of a running instance, or of a data folder that none uses',
  )
  .option('--directory <folder>', 'a data folder, instead of a running instance')
  .option('--journal <folder>', "the data folder's journal, where it lies elsewhere")
  .option('--key-file <files...>', 'keys of what is encrypted in the data folder')
  .option('--database <name>', 'one database, and no journal')
  .option('--json', 'as JSON')
  .addOption(atOption())
  .addOption(dataOption())
  .action(async (options: TargetFlags & IntegrityOptions & { json?: boolean }) => {
    const { checkFolder, checkRunning, formatIntegrity } = await import('./integrity.ts');
    const report =
      options.directory === undefined
        ? await checkRunning(options)
        : await checkFolder(options.directory, options);
    console.log(options.json === true ? JSON.stringify(report) : formatIntegrity(report));
    if ((report.errors ?? 0) > 0) process.exitCode = 1;
  });

program
  .command('compact')
  .description(
    'merge sparse blocks of a database in use; or give the room in the files of a data folder that none uses back',
  )
  .argument('[database]', 'its name; all of a data folder without one')
  .option('--directory <folder>', 'a data folder, instead of a running instance')
  .addOption(atOption())
  .addOption(dataOption())
  .action(async (database: string | undefined, options: TargetFlags & { directory?: string }) => {
    const { compactRunning, formatShrunk, shrinkFolder } = await import('./compact.ts');
    if (options.directory !== undefined) {
      console.log(formatShrunk(await shrinkFolder(options.directory, database)));
      return;
    }
    if (database === undefined) throw new EcpError('SYNTAX', 'compact: which database?');
    const { blocks, merged } = await compactRunning(database, options);
    console.log(`${blocks} blocks looked at, ${merged} merged into others`);
  });

program
  .command('verify')
  .description(
    'put the guarantees to the test on a running topology: jobs on every instance, and what they see',
  )
  .option(
    '--at <instances...>',
    'on these: by name, or host:port of their client API; without it on all of the running topology',
  )
  .addOption(namespaceOption())
  .addOption(dataOption())
  .option('--seconds <number>', 'for so long', positive, 20)
  .option('--jobs <number>', 'jobs of each kind on every instance', positive, 2)
  .option('--global <name>', 'works below this global, and removes what it made', 'EcpVerify')
  .option('--faults', 'end processes of the topology meanwhile; only one that ecp up runs here')
  .option(
    '--expect-faults',
    'somebody else ends processes meanwhile: what a crash may undo is not judged',
  )
  .option('--json', 'as JSON')
  .action(async (options: VerifyFlags) => {
    const { formatVerification, verify } = await import('./verify/verify.ts');
    const interrupted = new AbortController();
    process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));
    const { at = [], faults = false, expectFaults = false, json = false } = options;
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const done = await verify({ ...options, at, faults, expectFaults }, interrupted.signal, say);
    console.log(json ? JSON.stringify(done, undefined, 2) : formatVerification(done));
    process.exitCode = done.isKept ? 0 : 1;
  });

program
  .command('journal')
  .description(
    'look into a journal, also that of a running instance: its segments, and records that are asked for',
  )
  .argument('<folders...>', 'with segments')
  .option('--records', 'all records; each of the following shows those that it names')
  .option('--from <position>', 'behind this position')
  .option('--to <position>', 'up to this position')
  .option('--since <time>', 'of this time or later: 2026-11-28T13:45:00Z')
  .option('--until <time>', 'of this time or earlier')
  .option('--global <names...>', 'changes of these globals: ^Account, ^TMP*')
  .option('--database <name>', 'changes of this database')
  .option('--transaction <number>', 'of this transaction')
  .option('--app-server <name>', 'of this app server')
  .option('--kind <kinds...>', 'of these kinds: change, set, kill, transactionEnd …')
  .option('--values', 'with values, shortened: they are data of users')
  .option('--json', 'one object a line')
  .option('--key-file <files...>', 'keys of what is encrypted')
  .action(async (folders: string[], options: JournalOptions) => {
    const { browseJournal } = await import('./journal.ts');
    const isWhole = browseJournal(folders, options, (line) => console.log(line));
    process.exitCode = isWhole ? 0 : 1;
  });

interface TargetFlags {
  readonly at?: string;
  readonly data: string;
  readonly namespace: string;
}

interface VerifyFlags extends Omit<TargetFlags, 'at'> {
  readonly at?: string[];
  readonly seconds: number;
  readonly jobs: number;
  readonly global: string;
  readonly faults?: boolean;
  readonly expectFaults?: boolean;
  readonly json?: boolean;
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('a whole number above 0');
}

/** What the machine says: no such file, no room, no right. */
function isSystemError(error: Error): boolean {
  return 'syscall' in error && 'code' in error;
}

// Whoever reads the output has seen enough: `ecp export | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

/** What an instance answered to an administrator: its own words, without gRPC's. */
function answerOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('details' in error)) return undefined;
  return typeof error.details === 'string' ? error.details : undefined;
}

program.parseAsync().catch((error: unknown) => {
  // What a person can act on is the message; a stack is for faults of ours.
  const isOurs = error instanceof Error && !isEcpError(error) && !isSystemError(error);
  const text = answerOf(error) ?? (isOurs ? (error.stack ?? error.message) : messageOf(error));
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
