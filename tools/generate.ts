/**
 * `npm run generate`: writes what is generated from one source:
 *
 *   crds/*.yaml                         from the schemas of operator/api
 *   charts/…/templates/crds/*.yaml      the same for Helm
 *   docs/api-reference.md               the same for people
 *   docs/conditions.md                  every reason of a condition, from operator/api/reasons.ts
 *   docs/spec/connection-states.md      both machines of a connection, from their tables and the tests that walk them
 *   server/ecp/wire/generated/          from proto/channel.proto: code and typings
 *   server/api/generated/               from the other files of proto/
 *
 * With --check it writes nothing and fails, naming the files, when what is there is stale.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { generateApiReference } from '../operator/api/api-reference.ts';
import { generateChartCrds } from '../operator/api/chart-crd.ts';
import { generateCrds } from '../operator/api/crd.ts';
import { generateConditionReference } from '../operator/api/reasons.ts';
import { installed, ROOT, runNode } from './run-command.ts';
import { generateStateReference } from './state-reference.ts';

const PROTO_FOLDER = join(ROOT, 'proto');
const CHANNEL_FOLDER = join(ROOT, 'server', 'ecp', 'wire', 'generated');
const API_FOLDER = join(ROOT, 'server', 'api', 'generated');
const CRD_FOLDER = join(ROOT, 'crds');
const CHART_CRD_FOLDER = join(ROOT, 'charts', 'ecp-operator', 'templates', 'crds');
const API_REFERENCE = join(ROOT, 'docs', 'api-reference.md');
const CONDITION_REFERENCE = join(ROOT, 'docs', 'conditions.md');
const STATE_REFERENCE = join(ROOT, 'docs', 'spec', 'connection-states.md');

/** Absolute path → content. */
type Files = Map<string, string>;

/**
 * 64-bit integers become plain numbers at run time too, as the typings say: without this the code takes
 * `Long` objects wherever that package happens to be installed. Our 64-bit fields are counters and sizes
 * below 2^53; whoever decodes one from a peer checks it.
 */
const PLAIN_NUMBERS = '$protobuf.util.Long = null;\n$protobuf.configure();\n';
const RUNTIME_IMPORT = 'import $protobuf from "protobufjs/minimal.js";\n';
const LONG_IMPORT = 'import Long = require("long");\n';

const PBJS_OPTIONS = [
  '--target=static-module',
  '--wrap=esm',
  '--force-number',
  '--no-verify',
  '--no-convert',
  '--no-create',
  '--no-delimited',
  '--no-typeurl',
  '--no-service',
  '--dts',
];

function withPlainNumbers(code: string): string {
  if (!code.includes(RUNTIME_IMPORT))
    throw new Error('pbjs writes another import now: see tools/generate.ts');
  return code.replace(RUNTIME_IMPORT, RUNTIME_IMPORT + PLAIN_NUMBERS);
}

/** The code for each file of proto/. */
async function generateMessages(files: Files): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'ecp-generate-'));
  try {
    for (const proto of readdirSync(PROTO_FOLDER).filter((name) => name.endsWith('.proto'))) {
      const name = basename(proto, '.proto');
      const out = join(scratch, `${name}.js`);
      const { status, output } = await runNode(
        [
          installed('protobufjs-cli/bin/pbjs'),
          ...PBJS_OPTIONS,
          `--root=${name}`,
          `--path=${PROTO_FOLDER}`,
          `--out=${out}`,
          join(PROTO_FOLDER, proto),
        ],
        { stream: false },
      );
      if (status !== 0) throw new Error(`proto/${proto}: ${output.trim()}`);
      const typings = readFileSync(join(scratch, `${name}.d.ts`), 'utf8');
      const folder = name === 'channel' ? CHANNEL_FOLDER : API_FOLDER;
      files.set(join(folder, `${name}.js`), withPlainNumbers(readFileSync(out, 'utf8')));
      files.set(join(folder, `${name}.d.ts`), typings.replace(LONG_IMPORT, ''));
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The custom resource definitions, for kubectl, for Helm and for people. */
function generateDefinitions(files: Files): void {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  for (const [name, text] of Object.entries(generateCrds(version)))
    files.set(join(CRD_FOLDER, name), text);
  for (const [name, text] of Object.entries(generateChartCrds(version))) {
    files.set(join(CHART_CRD_FOLDER, name), text);
  }
  files.set(API_REFERENCE, generateApiReference());
  files.set(CONDITION_REFERENCE, generateConditionReference());
}

/** Generated files that nothing generates any more. */
function orphans(files: Files, folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => !files.has(path));
}

const current = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8') : undefined;

async function main(): Promise<boolean> {
  const files: Files = new Map();
  const folders = [CHANNEL_FOLDER, API_FOLDER, CRD_FOLDER, CHART_CRD_FOLDER];
  await generateMessages(files);
  generateDefinitions(files);
  files.set(STATE_REFERENCE, generateStateReference());
  const stale = [...files].filter(([path, text]) => current(path) !== text).map(([path]) => path);
  const surplus = orphans(files, folders);
  const named = [...stale, ...surplus].map((path) => relative(ROOT, path));
  if (process.argv.includes('--check')) {
    for (const path of named) console.log(`stale: ${path}; run npm run generate`);
    return named.length === 0;
  }
  for (const path of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, files.get(path) ?? '');
  }
  for (const path of surplus) rmSync(path);
  console.log(named.length === 0 ? 'nothing to do' : `written: ${named.join(', ')}`);
  return true;
}

process.exitCode = (await main()) ? 0 : 1;
