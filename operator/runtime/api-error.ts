/** What the API server refused, as it says it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** One word, such as `AlreadyExists`; empty when the server gave none. */
  readonly reason: string;
  /** From the Retry-After header. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, reason: string, message: string, retryAfterMs?: number) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }

  /** Somebody else wrote first: read again, and try again. */
  get isConflict(): boolean {
    return this.status === 409 && !this.isAlreadyExists;
  }

  get isAlreadyExists(): boolean {
    return this.status === 409 && this.reason === 'AlreadyExists';
  }

  get isNotFound(): boolean {
    return this.status === 404;
  }

  /** The resource version or the continuation is too old. */
  get isGone(): boolean {
    return this.status === 410;
  }

  get isForbidden(): boolean {
    return this.status === 403;
  }

  /** The object itself is not acceptable: trying it again changes nothing. */
  get isInvalid(): boolean {
    return this.status === 422 || this.status === 400;
  }
}

/** From a `Status` object, or from whatever came in place of one. */
export function apiErrorOf(status: number, body: string, retryAfter?: string): ApiError {
  const { reason = '', message = '' } = statusIn(body);
  const seconds = Number(retryAfter);
  const retryAfterMs =
    retryAfter !== undefined && Number.isFinite(seconds) ? seconds * 1000 : undefined;
  const words = message === '' ? `HTTP ${status} ${body.slice(0, WORDS_MAX)}`.trim() : message;
  return new ApiError(status, reason, words, retryAfterMs);
}

const WORDS_MAX = 200;

function statusIn(body: string): { readonly reason?: string; readonly message?: string } {
  try {
    const parsed = JSON.parse(body) as { readonly reason?: unknown; readonly message?: unknown };
    return {
      ...(typeof parsed.reason === 'string' ? { reason: parsed.reason } : {}),
      ...(typeof parsed.message === 'string' ? { message: parsed.message } : {}),
    };
  } catch {
    return {};
  }
}
