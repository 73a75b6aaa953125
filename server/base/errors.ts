/**
 * Errors that users meet. Programmer errors are assertions (assert.ts) and end the process; what
 * can go wrong in operation is an EcpError with a closed code, so that callers decide by code and
 * never by message.
 */

/** Codes of the field (guide §2.2, §4.4 and M's own); a new one only if a caller would act differently. */
export type EcpErrorCode =
  /** The data server cannot be reached, or gave the session up (§4.4.1). */
  | 'NETWORK'
  /** An asynchronous change failed at the data server; the cause says why (§2.2). */
  | 'NETWORK DATA UPDATE FAILED'
  /** No right to the resource, or a read-only database (§2.2). */
  | 'PROTECT'
  /** The transaction can only be rolled back (§4.4.2). */
  | 'ROLLBACK ONLY'
  /** The database has no room left. */
  | 'FILEFULL'
  | 'LOCKTABLEFULL'
  /** A subscript is empty, too long or not representable. */
  | 'SUBSCRIPT'
  /** A value is longer than 3,641,144 bytes. */
  | 'MAXSTRING'
  /** A malformed name, command or line of data. */
  | 'SYNTAX'
  | 'UNDEFINED'
  | 'NAMESPACE'
  | 'DATABASE'
  /** A number outside the range of exact decimals. */
  | 'MAXNUMBER'
  /** The journal or a database is frozen after a failed write: nothing is accepted (A.2.5). */
  | 'FROZEN'
  /** A configuration or manifest is refused; the message lists every problem with its field. */
  | 'CONFIGURATION'
  /** Stored or received bytes are not what the format says. */
  | 'DAMAGED'
  /** The caller's deadline passed or its signal was aborted. */
  | 'CANCELLED'
  /** A bounded queue or table is full. */
  | 'RESOURCE';

/** Whether asking again can help: never; the same request again; or after the connection is back. */
export type Retry = 'never' | 'same' | 'reconnect';

/** What became of a change: certainly nothing, or perhaps applied ("may have happened" is never "failed"). */
export type Outcome = 'none' | 'maybe';

export interface EcpErrorOptions {
  readonly retry?: Retry;
  readonly outcome?: Outcome;
  /** The reference it is about, as M writes it: ^Account(17,"balance"). */
  readonly reference?: string;
  readonly locksLost?: boolean;
  readonly cause?: unknown;
}

export class EcpError extends Error {
  override readonly name = 'EcpError';
  readonly code: EcpErrorCode;
  readonly retry: Retry;
  readonly outcome: Outcome;
  readonly reference: string | undefined;
  /** Locks that the job held are no longer held: what they guarded may have been changed by others (A.1.7). */
  readonly locksLost: boolean;

  constructor(code: EcpErrorCode, message: string, options: EcpErrorOptions = {}) {
    super(
      `<${code}> ${message}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.retry = options.retry ?? 'never';
    this.outcome = options.outcome ?? 'none';
    this.reference = options.reference;
    this.locksLost = options.locksLost ?? false;
  }
}

/** True for an EcpError, of that code if one is given; survives realms and bundles, unlike instanceof. */
export function isEcpError(error: unknown, code?: EcpErrorCode): error is EcpError {
  if (typeof error !== 'object' || error === null) return false;
  const candidate = error as { name?: unknown; code?: unknown };
  return candidate.name === 'EcpError' && (code === undefined || candidate.code === code);
}

/** An EcpError's message without its code: for an error that is made anew from its parts. */
export function bareMessage(message: string): string {
  return message.replace(/^<[A-Z ]+> /, '');
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) {
    return String(error.message);
  }
  return String(error);
}
