/** The files that `-f` names: reading them all, and noticing that one changed. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { messageOf } from '../../server/base/errors.ts';
import { refusal } from '../../server/instance/configuration.ts';
import { parseManifests, resourceKey } from '../api/manifests.ts';
import type { EcpResource, ManifestFile, Manifests } from '../api/manifests.ts';
import { keysOf } from '../api/storage-fields.ts';
import type { KeyReference } from '../api/storage-fields.ts';

const KEYS_FOLDER = 'keys';
const EXTENSIONS = new Set(['.yaml', '.yml', '.json']);

/** Reads files, and the manifests directly in folders. Throws CONFIGURATION with every problem of all. */
export function readManifests(paths: readonly string[]): Manifests {
  const files: ManifestFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    try {
      for (const file of filesOf(path))
        files.push({ path: file, text: readFileSync(file, 'utf8') });
    } catch (error) {
      problems.push(`${path}: ${messageOf(error)}`);
    }
  }
  if (problems.length > 0) throw refusal('manifests', problems);
  const manifests = parseManifests(files);
  const missing = [...missingModules(manifests), ...missingKeys(manifests)];
  if (missing.length > 0) throw refusal('manifests', missing);
  return manifests;
}

/** Where a resource's application module lies: paths in a manifest start at its folder. */
export function moduleFile(manifests: Manifests, resource: EcpResource, module: string): string {
  return resolve(dirname(manifests.files.get(resourceKey(resource)) ?? '.'), module);
}

/** In place of a Secret: `keys/<secret>/<key>` beside the manifest. */
export function localKeyFile(
  manifests: Manifests,
  resource: EcpResource,
  { name, key }: KeyReference,
): string {
  const file = manifests.files.get(resourceKey(resource)) ?? '.';
  return resolve(dirname(file), KEYS_FOLDER, name, key);
}

function missingKeys(manifests: Manifests): string[] {
  return manifests.resources.flatMap((resource) =>
    keysOf(resource.spec).flatMap((key) => {
      const file = localKeyFile(manifests, resource, key);
      if (existsSync(file)) return [];
      const what = `key ${key.key} of Secret ${key.name}`;
      return [
        `${resource.kind} ${resource.metadata.name}: spec: for ${what} there is no file ${file}`,
      ];
    }),
  );
}

function missingModules(manifests: Manifests): string[] {
  return manifests.resources.flatMap((resource) => {
    const module = resource.spec.application?.module;
    if (module === undefined) return [];
    const file = moduleFile(manifests, resource, module);
    if (existsSync(file)) return [];
    return [
      `${resource.kind} ${resource.metadata.name}: spec.application.module: there is no file ${file}`,
    ];
  });
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => EXTENSIONS.has(extname(name)))
    .sort()
    .map((name) => join(path, name));
}

/**
 * Looks every `intervalMs` whether a file changed, and calls. Looking is chosen over fs.watch, which loses
 * sight of a file that an editor or Kubernetes replaces by renaming. Returns what ends it.
 */
export function watchManifests(
  paths: readonly string[],
  intervalMs: number,
  changed: () => void,
): () => void {
  let last = fingerprint(paths);
  const timer = setInterval(() => {
    const now = fingerprint(paths);
    if (now === last) return;
    last = now;
    changed();
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Differs when a file came, went or was written; a file that cannot be seen counts as gone. */
function fingerprint(paths: readonly string[]): string {
  return paths
    .flatMap((path) => {
      try {
        return filesOf(path);
      } catch {
        return [];
      }
    })
    .map((file) => {
      try {
        const { mtimeMs, size, ino } = statSync(file);
        return `${file} ${mtimeMs} ${size} ${ino}`;
      } catch {
        return file;
      }
    })
    .join('\n');
}
