import { UserError } from '../../contract/errors.ts';
import type { RunHealth } from '../../contract/health.ts';
import type { Handlers } from '../../link/rpc.ts';
import type { HandlerContext } from './context.ts';

/** Verdicts that are ready go out together, this often while many runs are read. */
const TELL_MS = 200;

/** Verdicts on runs, from what is in the store; a watch reads on where it was. */
export function healthHandlers({
  store,
  live,
  health,
}: HandlerContext): Pick<Handlers, 'health.read' | 'health.watch'> {
  return {
    'health.read': ({ runIds }) => Promise.all(runIds.map((id) => health.read(id))),
    'health.watch': async function* ({ runIds }, signal) {
      // Every step, and every change of state, is announced as a change of its run.
      const changes = live.changes('runs', signal);
      yield* verdicts(runIds);
      for await (const ids of changes) yield* verdicts(runIds.filter((id) => ids.has(id)));
    },
  };

  async function* verdicts(runIds: readonly number[]): AsyncGenerator<RunHealth[]> {
    let ready: RunHealth[] = [];
    let toldAt = performance.now();
    for (const { id } of store.runs.existing(runIds)) {
      ready.push(await health.read(id).catch((error: unknown) => unreadable(id, error)));
      if (performance.now() - toldAt < TELL_MS) continue;
      yield ready;
      ready = [];
      toldAt = performance.now();
    }
    if (ready.length > 0) yield ready;
  }
}

/** A run whose steps cannot be read leaves the others theirs. */
function unreadable(runId: number, error: unknown): RunHealth {
  const sentence = `Its steps cannot be read: ${UserError.from(error).message}`;
  return { runId, verdict: 'unknown', sentence, lastStep: 0, findings: [], checks: [] };
}
