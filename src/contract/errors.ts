import * as v from 'valibot';

/**
 * Why a request was refused or a run ended badly; the only error that crosses a process boundary.
 * `bad-input`: the caller can mend it (the CLI exits 2). `not-found`: no such run, study or file.
 * `conflict`: right input, wrong moment (a finished run cannot be stopped).
 * `unavailable`: this machine or shell lacks what is needed. `failed`: everything else.
 */
export const UserErrorCode = v.picklist(['bad-input', 'not-found', 'conflict', 'unavailable', 'failed']);
export type UserErrorCode = v.InferOutput<typeof UserErrorCode>;

/** What an error carries across a boundary: a sentence, the place it is about, and what to do next. */
export const UserErrorData = v.strictObject({
  code: UserErrorCode,
  message: v.string(),
  /** The field, option, file or run that the message is about, e.g. `recipe.learningRate`; empty where there is none. */
  where: v.string(),
  /** What the user can do about it; empty where there is nothing to add. */
  hint: v.string(),
});
export type UserErrorData = v.InferOutput<typeof UserErrorData>;

/** An error that is shown to a user as it stands: what, where, what to do. */
export class UserError extends Error {
  readonly code: UserErrorCode;
  readonly where: string;
  readonly hint: string;

  constructor(data: { code: UserErrorCode; message: string; where?: string; hint?: string }) {
    super(data.message);
    this.name = 'UserError';
    this.code = data.code;
    this.where = data.where ?? '';
    this.hint = data.hint ?? '';
  }

  /** The plain object that crosses a process boundary. */
  toData(): UserErrorData {
    return { code: this.code, message: this.message, where: this.where, hint: this.hint };
  }

  /** Wraps anything thrown; a `UserError` passes unchanged, everything else becomes code `failed`. */
  static from(error: unknown): UserError {
    if (error instanceof UserError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new UserError({ code: 'failed', message });
  }
}

/** Compile-time proof that a union was handled whole; throws if a value outside the union arrives at run time. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
