import * as v from 'valibot';
import { UserError, type UserErrorCode } from '../contract/errors.ts';

/** Parses a value against a schema; throws a `UserError` that names the first field at fault and why. */
export function parseOrThrow<Schema extends v.GenericSchema<unknown, unknown>>(
  schema: Schema,
  value: unknown,
  fault: { code: UserErrorCode; subject: string },
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const where = v.getDotPath(issue) ?? '';
  const unknownKey = issue.type === 'strict_object' && issue.expected === 'never';
  throw new UserError({
    code: fault.code,
    message: unknownKey ? `${fault.subject} has no field ${where || issue.received}` : issue.message,
    where: where || fault.subject,
    hint: '',
  });
}
