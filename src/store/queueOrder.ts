import { UserError } from '../contract/errors.ts';
import type { RunRow } from '../contract/run.ts';
import { type Context, write } from './context.ts';
import type { RunReader } from './runReader.ts';

/** SQL expression: the place behind all waiting runs. */
export const QUEUE_END = `(SELECT coalesce(max(queue_position), 0) + 1 FROM runs WHERE state = 'queued')`;

/** Moves a waiting run before another one, or to the end. */
export function createQueueMove(context: Context, reader: RunReader) {
  const setPlace = context.database.prepare<[number, number]>('UPDATE runs SET queue_position = ? WHERE id = ?');
  const requireQueued = (id: number) => {
    const { state } = reader.get(id);
    if (state === 'queued') return;
    throw new UserError({
      code: 'conflict',
      message: `Run ${id} is ${state}: only a run that waits has a place in the queue`,
      where: `run ${id}`,
    });
  };
  return (id: number, before: number | null): RunRow =>
    write(context, () => {
      for (const one of before === null ? [id] : [id, before]) requireQueued(one);
      if (id !== before) {
        const others = reader.queued().flatMap((run) => (run.id === id ? [] : run.id));
        const place = before === null ? others.length : others.indexOf(before);
        for (const [index, one] of others.toSpliced(place, 0, id).entries()) setPlace.run(index + 1, one);
      }
      return reader.get(id);
    });
}
