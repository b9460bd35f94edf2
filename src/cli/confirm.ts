import { createInterface } from 'node:readline/promises';
import { UserError } from '../contract/errors.ts';

/** Where a question is asked and answered. */
export interface Dialogue {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/**
 * Asks on the terminal and goes on after a yes. Without a terminal nobody is there to answer: refused, naming the option that
 * says yes beforehand. What is printed stays clear of it: the question goes to stderr.
 */
export async function confirm(
  question: string,
  option: string,
  { input, output }: Dialogue = { input: process.stdin, output: process.stderr },
): Promise<void> {
  if (!input.isTTY || !output.isTTY) {
    throw new UserError({
      code: 'bad-input',
      message: 'This is done after a yes, and there is no terminal to ask on',
      where: option,
      hint: `Add ${option} to do it without a question.`,
    });
  }
  const dialogue = createInterface({ input, output });
  const left = new Promise<string>((resolve) => dialogue.once('close', () => resolve('')));
  const answer = await Promise.race([dialogue.question(question), left]).finally(() => dialogue.close());
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new UserError({ code: 'failed', message: 'Nothing was deleted' });
}
