import * as v from 'valibot';
import { UserErrorData } from '../contract/errors.ts';

const CallId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Client -> server. `received` acknowledges one value of a stream: the next one waits for it. */
export const ToServer = v.variant('type', [
  v.strictObject({ type: v.literal('call'), id: CallId, method: v.string(), arguments: v.unknown() }),
  v.strictObject({ type: v.literal('received'), id: CallId }),
  v.strictObject({ type: v.literal('cancel'), id: CallId }),
  /** From here on a page is at the other end: said by a program that passes its messages on. */
  v.strictObject({ type: v.literal('page') }),
]);
export type ToServer = v.InferOutput<typeof ToServer>;

/** Server -> client. A call ends with `result`, `error` or, for a stream, `end`. Id 0: the message had no readable id. */
export const ToClient = v.variant('type', [
  v.strictObject({ type: v.literal('result'), id: v.number(), value: v.unknown() }),
  v.strictObject({ type: v.literal('value'), id: v.number(), value: v.unknown() }),
  v.strictObject({ type: v.literal('end'), id: v.number() }),
  v.strictObject({ type: v.literal('error'), id: v.number(), error: UserErrorData }),
]);
export type ToClient = v.InferOutput<typeof ToClient>;
