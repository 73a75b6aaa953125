/** The images that the tests run: what test/cluster/kube/image.sh makes, under the name in ECP_TEST_IMAGE. */
import process from 'node:process';

/** The product. */
export const IMAGE = process.env['ECP_TEST_IMAGE'] ?? 'docker.io/local/ecp-server:test';
/** The same as another version. */
export const NEXT_IMAGE = `${IMAGE}-next`;
export const NEXT_VERSION = '0.2.0-test';
/** A user's: the product with examples/bank. */
export const BANK_IMAGE = `${IMAGE}-bank`;
export const BANK_MODULE = '/app/bank.ts';

/** Repository and tag, as the chart takes them. */
export function imageParts(image: string): { readonly repository: string; readonly tag: string } {
  const colon = image.lastIndexOf(':');
  return { repository: image.slice(0, colon), tag: image.slice(colon + 1) };
}
