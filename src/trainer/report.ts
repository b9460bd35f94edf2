import type { FromTrainer } from '../contract/trainer.ts';
import type { StartMessage } from './control.ts';

/** A message to the host without its envelope. `Omit` over each member of the union. */
type Report = FromTrainer extends infer Message
  ? Message extends FromTrainer
    ? Omit<Message, 'runId' | 'attempt'>
    : never
  : never;

/** Tells the host; the run and the attempt are added. */
export type Reporter = (report: Report) => void;

export function createReporter(
  { runId, attempt }: Pick<StartMessage, 'runId' | 'attempt'>,
  send: (message: FromTrainer) => void,
): Reporter {
  return (report) => send({ runId, attempt, ...report });
}
