/** Versions of the product, as instances say them and as images are tagged. */

const VERSION = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/;

interface Version {
  readonly numbers: readonly number[];
  /** A pre-release is older than what it precedes. */
  readonly preRelease: string | undefined;
}

function parse(text: string): Version | undefined {
  const [, major, minor, patch, preRelease] = VERSION.exec(text) ?? [];
  if (major === undefined) return undefined;
  return { numbers: [major, minor, patch].map(Number), preRelease };
}

/** Below zero when `a` is older; undefined when one of them is no version. */
function compare(a: string, b: string): number | undefined {
  const [left, right] = [parse(a), parse(b)];
  if (left === undefined || right === undefined) return undefined;
  for (const [i, number] of left.numbers.entries()) {
    const difference = number - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.preRelease === right.preRelease) return 0;
  if (left.preRelease === undefined) return 1;
  if (right.preRelease === undefined) return -1;
  return left.preRelease.localeCompare(right.preRelease, 'en', { numeric: true });
}

/** Only where both are known: a tag such as `latest` says nothing. */
export function isNewer(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return (compare(a, b) ?? 0) > 0;
}

export function oldest(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>(
    (least, version) => (least === undefined || isNewer(least, version) ? version : least),
    undefined,
  );
}

/** `r/ecp-server:0.2.0` → `0.2.0`; undefined where the tag is no version. */
export function tagVersion(image: string): string | undefined {
  const name = image.replace(/@.*$/, '').replace(/^.*\//, '');
  const tag = name.includes(':') ? name.slice(name.indexOf(':') + 1) : '';
  return parse(tag) === undefined ? undefined : tag;
}
