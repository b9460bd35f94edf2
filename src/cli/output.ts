import type { UserError, UserErrorData } from '../contract/errors.ts';

/** Exit codes of every command. `interrupted`: a signal ended it, after the checkpoint was written (128 + SIGINT). */
export const EXIT = { done: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

/** Ends quietly when a reader such as `head` closes the pipe. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.done);
      throw error;
    });
  }
}

/** The one JSON document of a command. Numbers that JSON lacks (NaN, infinities) become null. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Says what went wrong: one JSON document, or sentences on stderr. Returns the exit code. */
export function report(error: UserError, json: boolean): number {
  if (json) printJson({ error: error.toData() });
  else process.stderr.write(`${asText(error.toData())}\n`);
  return error.code === 'bad-input' || error.code === 'not-found' ? EXIT.badInput : EXIT.failed;
}

function asText({ message, where, hint }: UserErrorData): string {
  const place = where && !message.includes(where) ? ` (${where})` : '';
  return `error: ${message}${place}${hint ? `\n  ${hint}` : ''}`;
}
