import { UserError } from '../../contract/errors.ts';

/** A source that cannot be read: what is wrong, in which file. */
export function refusal(file: string, what: string, hint = ''): UserError {
  return new UserError({ code: 'bad-input', message: `${file} ${what}`, where: file, hint });
}
