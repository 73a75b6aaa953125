/** Error codes on the wire, by position: never reordered, only extended at the end. */
import type { EcpErrorCode } from '../../base/errors.ts';

export const FAILURE_CODES: readonly EcpErrorCode[] = [
  'NETWORK',
  'NETWORK DATA UPDATE FAILED',
  'PROTECT',
  'ROLLBACK ONLY',
  'FILEFULL',
  'LOCKTABLEFULL',
  'SUBSCRIPT',
  'MAXSTRING',
  'SYNTAX',
  'UNDEFINED',
  'NAMESPACE',
  'DATABASE',
  'MAXNUMBER',
  'FROZEN',
  'CONFIGURATION',
  'DAMAGED',
  'CANCELLED',
  'RESOURCE',
];
