/**
 * Who may import whom (docs/ARCHITECTURE.md, "Layers"), as data and one decision function. Works on
 * paths and source text only, so that its own tests can plant violations as strings.
 *
 * A *place* is a layer of the house. The table says for every place which places it sees; a place always
 * sees itself. Everything that the table does not allow is refused.
 */
import { posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** As written: `../base/bytes.ts`, `node:fs`, `zod`. */
  readonly specifier: string;
  readonly line: number;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

const SERVER_LAYERS = [
  'base',
  'ports',
  'globals',
  'storage',
  'locks',
  'transactions',
  'security',
  'ecp',
  'instance',
] as const;

/** Places that do no I/O, take no time and load no package: eslint.config.mjs lists the same folders. */
const PURE = new Set([
  ...SERVER_LAYERS.map((layer) => `server/${layer}`),
  'server/ecp/data-server',
  'server/ecp/app-server',
  'operator/api',
  'operator/topology',
  'operator/resources',
  'operator/controllers/decisions',
]);

/** Packages that a pure place may load all the same, by file or folder. */
const PACKAGES_IN_PURE: readonly (readonly [string, readonly string[]])[] = [
  ['server/instance/configuration.ts', ['zod']],
  ['server/instance/configuration-storage.ts', ['zod']],
  ['server/instance/configuration-values.ts', ['zod']],
  ['server/instance/yaml-text.ts', ['yaml']],
  ['operator/api/', ['zod', 'yaml']],
];

/** Our own package names (package.json "exports"). */
const OWN_EXPORTS: Readonly<Record<string, string>> = {
  ecp: 'server/instance/public.ts',
  'ecp/client': 'client/index.ts',
};

const GENERATED = 'server/api/generated';
const upTo = (layer: (typeof SERVER_LAYERS)[number]): string[] =>
  SERVER_LAYERS.slice(0, SERVER_LAYERS.indexOf(layer) + 1).map((name) => `server/${name}`);

/** What the operator takes of the server besides messages: the configuration, re-exported from one file. */
const CONFIGURATION = ['server/base/errors.ts', 'server/instance/configuration.ts'];

/** Time, logs, counters: the same ports, and in the operator's main file the same adapters, as the server's. */
const PORTS = 'server/ports';

/** The shape of any object of Kubernetes: plain data. */
const KUBERNETES_OBJECT = 'operator/runtime/kubernetes-object.ts';

/** Tables that a command prints. */
const STATE_TABLES = [
  'server/ecp/app-server/connection-state.ts',
  'server/ecp/data-server/session-state.ts',
];

/** What each place sees besides itself. Entries that end in `.ts` are single files. */
const SEES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(SERVER_LAYERS.map((layer) => [`server/${layer}`, upTo(layer)])),
  // The public API's messages: what other programs take from the server.
  [GENERATED]: [],
  'server/ecp/data-server': upTo('ecp'),
  'server/ecp/app-server': upTo('ecp'),
  'server/instance': [...upTo('instance'), 'server/ecp/data-server', 'server/ecp/app-server'],
  'server/api': [...upTo('instance'), GENERATED],
  'server/portal': [...upTo('instance'), GENERATED],
  'server/adapters': upTo('globals'),
  'server/cli': [
    ...upTo('instance'),
    GENERATED,
    'server/api',
    'server/portal',
    'server/adapters',
    'server/main.ts',
    'client',
    'operator/api',
    'operator/local',
    ...STATE_TABLES,
  ],
  // The composition root, in parts.
  'server/process': [...upTo('instance'), 'server/api', 'server/portal', 'server/adapters'],
  'server/main.ts': [
    ...upTo('instance'),
    GENERATED,
    'server/ecp/data-server',
    'server/ecp/app-server',
    'server/api',
    'server/portal',
    'server/adapters',
    'server/process',
  ],
  'operator/runtime': [PORTS],
  'operator/api': [...CONFIGURATION],
  'operator/topology': ['operator/api', ...CONFIGURATION],
  'operator/resources': ['operator/api', 'operator/topology', KUBERNETES_OBJECT, ...CONFIGURATION],
  // What is decided, apart from doing it.
  'operator/controllers/decisions': [
    'operator/api',
    'operator/topology',
    'operator/resources',
    KUBERNETES_OBJECT,
    ...CONFIGURATION,
    GENERATED,
  ],
  'operator/controllers': [
    'operator/controllers/decisions',
    'operator/api',
    'operator/topology',
    'operator/resources',
    'operator/runtime',
    PORTS,
    ...CONFIGURATION,
    GENERATED,
  ],
  'operator/local': ['operator/api', 'operator/topology', ...CONFIGURATION, GENERATED],
  // The composition root, in parts.
  'operator/process': [
    'operator/api',
    'operator/topology',
    'operator/resources',
    'operator/runtime',
    'operator/controllers',
    'operator/controllers/decisions',
    PORTS,
    'server/adapters',
    ...CONFIGURATION,
    GENERATED,
  ],
  'operator/main.ts': ['operator/process', ...CONFIGURATION],
  client: ['server/base', 'server/globals', GENERATED],
  examples: [
    'server/instance/public.ts',
    'server/base',
    'server/globals',
    'client',
    'operator/api',
    'operator/local',
  ],
};

/** Files that a place may name in `import type` and no other way. */
const SEES_TYPES_OF: Readonly<Record<string, readonly string[]>> = {
  client: ['server/instance/database.ts'],
  examples: ['server/instance/database.ts'],
};

/** The place of a file: the longest folder (or file) in the table that holds it. */
export function placeOf(path: string): string | undefined {
  let best: string | undefined;
  for (const place of Object.keys(SEES)) {
    const inside = path === place || path.startsWith(`${place}/`);
    if (inside && (best === undefined || place.length > best.length)) best = place;
  }
  return best;
}

const isTest = (path: string): boolean => path.endsWith('.test.ts');
const isTesting = (path: string): boolean => path.includes('/testing/');

/** Every import, re-export and dynamic import of a source text. */
export function importsOf(path: string, source: string): Import[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const note = (node: ts.Expression | undefined, typeOnly: boolean): void => {
    if (node === undefined || !ts.isStringLiteralLike(node)) return;
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ specifier: node.text, line, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      note(node.moduleSpecifier, clause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      note(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      note(node.argument.literal, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      note(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The project path an import leads to, or undefined for a package or a `node:` module. */
function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  return OWN_EXPORTS[specifier];
}

function sees(place: string, target: string): boolean {
  const targetPlace = placeOf(target);
  if (targetPlace === place) return true;
  return (SEES[place] ?? []).some(
    (entry) => entry === target || (!entry.endsWith('.ts') && entry === targetPlace),
  );
}

function refusePackage(path: string, place: string, specifier: string): string | undefined {
  if (!PURE.has(place) || isTest(path) || isTesting(path)) return undefined;
  const allowed = PACKAGES_IN_PURE.some(
    ([where, names]) =>
      (path === where || (where.endsWith('/') && path.startsWith(where))) &&
      names.includes(specifier),
  );
  return allowed ? undefined : `${place} is pure: no packages, no node: modules`;
}

function refuseTarget(
  path: string,
  place: string,
  target: string,
  typeOnly: boolean,
): string | undefined {
  if (isTesting(target) && !isTest(path) && !isTesting(path)) {
    return 'testing/ folders are for tests only';
  }
  const targetPlace = placeOf(target);
  if (targetPlace === undefined) {
    const shared = isTest(path) && target.startsWith('test/');
    return shared ? undefined : `${place} may not see ${target}`;
  }
  if (isTest(path) && targetPlace === 'server/adapters') return undefined;
  if (typeOnly && (SEES_TYPES_OF[place] ?? []).includes(target)) return undefined;
  return sees(place, target) ? undefined : `${place} may not see ${targetPlace}`;
}

/** What is wrong with the imports of one file, a sentence each; empty when all is well. */
export function layerViolations(path: string, source: string): string[] {
  const place = placeOf(path);
  if (place === undefined) return [`${path}: belongs to no place of the house`];
  if (place === GENERATED) return [];
  return importsOf(path, source).flatMap(({ specifier, line, typeOnly }) => {
    const target = targetOf(path, specifier);
    const why =
      target === undefined
        ? refusePackage(path, place, specifier)
        : refuseTarget(path, place, target, typeOnly);
    return why === undefined ? [] : [`${path}:${line} imports ${specifier}: ${why}`];
  });
}

const CHECKERS = 'test/support/sim/checkers/';
const HISTORY = 'test/support/sim/history-schema.ts';

/**
 * The simulator's checkers share nothing with what they judge: they see each other and the history's schema. What is
 * wrong with the imports of one of these files.
 */
export function checkerViolations(path: string, source: string): string[] {
  return importsOf(path, source).flatMap(({ specifier, line }) => {
    const target = targetOf(path, specifier);
    const isOwn = target?.startsWith(CHECKERS) === true && path.startsWith(CHECKERS);
    const isSchema = target === HISTORY || (path === HISTORY && specifier === 'zod');
    if (isOwn || isSchema) return [];
    return [
      `${path}:${line} imports ${specifier}: checkers see the history's schema and nothing else`,
    ];
  });
}
