import { UserError } from '../contract/errors.ts';
import type { ObservedLayers } from '../contract/flow.ts';
import type { EnvironmentEntry, RunRow } from '../contract/run.ts';
import { ACTIVE_STATES, canResume, isEnded, mayBecome, type RunState } from '../contract/runState.ts';
import type { TestResult } from '../contract/trainer.ts';
import { type Context, write } from './context.ts';
import type { RecordedEnvironment } from './environment.ts';
import type { Events } from './events.ts';
import { requireAttempt } from './fence.ts';
import { createLayerRecorder } from './layers.ts';
import { QUEUE_END } from './queueOrder.ts';
import type { RunReader } from './runReader.ts';
import { toColumns } from './special.ts';
import type { PackedSteps } from './steps.ts';
import type { RecordedVerdicts } from './verdicts.ts';

/** What the trainer knows once its graph is built. */
export interface ReadyRun {
  /** Parameter tensors in depth order; a later attempt must name the same ones. */
  readonly layers: readonly string[];
  /** Left out where the run observes nothing but its gradient norms; once named, a later attempt must name the same ones. */
  readonly observedLayers?: ObservedLayers | undefined;
  readonly parameters: number;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  readonly environment: readonly EnvironmentEntry[];
}

/** How a run ended, with what was measured over all of it. */
export interface RunEnd {
  readonly state: Extract<RunState, 'stopped' | 'finished' | 'diverged' | 'failed' | 'interrupted' | 'paused'>;
  readonly reason: string;
  /** Unknown (null) where the trainer died before it could say. */
  readonly measured: {
    readonly elapsedMs: number;
    readonly firstStepMs: number | null;
    readonly stepMs: number | null;
    readonly imagesPerSecond: number | null;
    readonly peakMemoryBytes: number;
  } | null;
}

/** A run's way from the queue to its end, and what its trainer says on it. */
export interface RunLifecycle {
  /**
   * Takes a queued run into `preparing` and gives its next attempt number. From here on only messages of this
   * attempt are accepted.
   */
  startAttempt(id: number): number;
  /** `preparing` -> `running`, with what the trainer's `ready` says. A run asked to stop meanwhile stays `stopping`. */
  markReady(id: number, attempt: number, ready: ReadyRun): RunRow;
  /** A queued run is `stopped` at once, an active one goes to `stopping`; `conflict` where it has ended. */
  requestStop(id: number, reason: string): RunRow;
  /** A queued run is `paused` at once, an active one goes to `pausing`; `conflict` where it has ended or is being stopped. */
  requestPause(id: number, reason: string): RunRow;
  /**
   * Queues a run again that rests or ended before its last step; its next attempt goes on from a checkpoint. One that rests in
   * memory stays as it is until its trainer goes on. `conflict` where it cannot go on.
   */
  requestResume(id: number): RunRow;
  /**
   * `pausing` or `running` -> `paused` in memory: its trainer waits, for the reason given or (empty) as the user wished. A run
   * asked to stop meanwhile stays `stopping`.
   */
  markHeld(id: number, attempt: number, held: { readonly elapsedMs: number; readonly reason: string }): RunRow;
  /** The trainer goes on after a rest in memory. */
  markContinued(id: number, attempt: number): RunRow;
  /** Commits the one evaluation on the test images of a run with held-out images. Its step is the last one in the file. */
  recordTest(id: number, attempt: number, result: TestResult): RunRow;
  /** Ends an attempt and closes its last segment of steps. `conflict` where the attempt is not the current one. */
  end(id: number, attempt: number, end: RunEnd): RunRow;
  /**
   * Ends every active run as `interrupted`; for the start of a new owner of the file, when whoever trained them is
   * known to be dead. Returns their rows.
   */
  markInterrupted(reason: string): RunRow[];
}

interface Parts {
  readonly reader: RunReader;
  readonly events: Events;
  readonly steps: PackedSteps;
  readonly environment: RecordedEnvironment;
  readonly verdicts: RecordedVerdicts;
}

/** Every change of a run's state. Each leaves an event. */
export function createRunLifecycle(
  context: Context,
  { reader, events, steps, environment, verdicts }: Parts,
): RunLifecycle {
  const { database } = context;
  const fence = requireAttempt(context);
  const recordLayers = createLayerRecorder(context);
  const setState = database.prepare<[RunState, string, number]>(
    'UPDATE runs SET state = ?, reason = ?, is_held = 0, queue_position = NULL WHERE id = ?',
  );
  const setQueued = database.prepare<[number]>(
    `UPDATE runs SET queue_position = ${QUEUE_END}, ended_at = NULL WHERE id = ?`,
  );
  const setHeld = database.prepare<[number, number]>('UPDATE runs SET is_held = 1, elapsed_ms = ? WHERE id = ?');
  const setStarted = database.prepare<[number, number]>(
    'UPDATE runs SET attempt = attempt + 1, started_at = coalesce(started_at, ?), ended_at = NULL WHERE id = ?',
  );
  const setEnded = database.prepare<[number, number]>('UPDATE runs SET ended_at = ? WHERE id = ?');
  const setPlan = database.prepare<[number, number, number, number]>(
    'UPDATE runs SET parameters = ?, total_steps = ?, steps_per_epoch = ? WHERE id = ?',
  );
  const setMeasured = database.prepare<[number, number | null, number | null, number | null, number, number]>(
    `UPDATE runs SET elapsed_ms = ?, first_step_ms = ?, step_ms = ?, images_per_second = ?, peak_memory_bytes = ?
     WHERE id = ?`,
  );
  const setTest = database.prepare<[number | null, string | null, number, number]>(
    'UPDATE runs SET test_loss = ?, test_loss_special = ?, test_accuracy = ? WHERE id = ?',
  );
  const active = database
    .prepare<[string], number>(
      'SELECT id FROM runs WHERE is_held = 1 OR state IN (SELECT value FROM json_each(?)) ORDER BY id',
    )
    .pluck();

  const enter = (id: number, state: RunState, reason: string): RunRow => {
    const before = reader.get(id);
    if (!mayBecome(before.state, state)) throw wrongMoment(before, `it cannot become ${state}`);
    setState.run(state, reason, id);
    if (isEnded(state)) {
      setEnded.run(Date.now(), id);
      const { lastStep } = reader.get(id);
      steps.packTail(id, lastStep, steps.layers(id).length);
    } else {
      verdicts.forget(id);
    }
    events.record(id, 'state', reason === '' ? state : `${state}: ${reason}`);
    return reader.get(id);
  };

  return {
    startAttempt: (id) =>
      write(context, () => {
        const run = reader.get(id);
        if (run.state !== 'queued' || run.deletedAt !== null) {
          throw wrongMoment(run, run.deletedAt === null ? 'only a queued run can start' : 'it is in the bin');
        }
        setStarted.run(Date.now(), id);
        enter(id, 'preparing', '');
        return reader.attempt(id);
      }),
    markReady: (id, attempt, ready) =>
      write(context, () => {
        fence(id, attempt);
        recordLayers(id, { parameter: ready.layers, ...ready.observedLayers });
        setPlan.run(ready.parameters, ready.totalSteps, ready.stepsPerEpoch, id);
        environment.replace(id, ready.environment);
        const run = reader.get(id);
        return run.state === 'preparing' ? enter(id, 'running', '') : run;
      }),
    requestStop: (id, reason) =>
      write(context, () => {
        const run = reader.get(id);
        if (isEnded(run.state)) throw wrongMoment(run, 'it has ended already');
        if (run.state === 'stopping') return run;
        const waits = run.state === 'queued' || (run.state === 'paused' && !run.isHeld);
        return enter(id, waits ? 'stopped' : 'stopping', reason);
      }),
    requestPause: (id, reason) =>
      write(context, () => {
        const run = reader.get(id);
        if (run.state === 'queued') return enter(id, 'paused', reason);
        if (run.state === 'pausing' || run.isHeld) return run;
        if (!mayBecome(run.state, 'pausing')) throw wrongMoment(run, 'only a run that waits or trains can be paused');
        return enter(id, 'pausing', reason);
      }),
    requestResume: (id) =>
      write(context, () => {
        const run = reader.get(id);
        // Its trainer says when it goes on.
        if (run.isHeld) return run;
        if (run.deletedAt !== null) throw wrongMoment(run, 'it is in the bin');
        if (!canResume(run)) throw wrongMoment(run, WHY_NOT_RESUMED[run.state] ?? 'it does not rest');
        enter(id, 'queued', '');
        setQueued.run(id);
        return reader.get(id);
      }),
    markHeld: (id, attempt, { elapsedMs, reason }) =>
      write(context, () => {
        fence(id, attempt);
        const run = reader.get(id);
        if (run.state !== 'pausing' && run.state !== 'running') return run;
        enter(id, 'paused', reason === '' ? 'In memory' : reason);
        setHeld.run(elapsedMs, id);
        return reader.get(id);
      }),
    markContinued: (id, attempt) =>
      write(context, () => {
        fence(id, attempt);
        const run = reader.get(id);
        return run.isHeld ? enter(id, 'running', '') : run;
      }),
    recordTest: (id, attempt, { step, loss, accuracy }) =>
      write(context, () => {
        const lastStep = fence(id, attempt);
        if (step !== lastStep) {
          throw new UserError({
            code: 'conflict',
            message: `The test results of run ${id} are of step ${step}, and the last one in the file is ${lastStep}`,
            where: `run ${id}`,
          });
        }
        const { number, special } = toColumns(loss);
        setTest.run(number, special, accuracy, id);
        return reader.get(id);
      }),
    end: (id, attempt, { state, reason, measured }) =>
      write(context, () => {
        fence(id, attempt);
        if (measured !== null) {
          const { elapsedMs, firstStepMs, stepMs, imagesPerSecond, peakMemoryBytes } = measured;
          setMeasured.run(elapsedMs, firstStepMs, stepMs, imagesPerSecond, peakMemoryBytes, id);
        }
        const before = reader.get(id);
        // It was asked to stop when it rested already.
        return before.state === 'stopping' && state === 'paused'
          ? enter(id, 'stopped', before.reason)
          : enter(id, state, reason);
      }),
    markInterrupted: (reason) =>
      write(context, () => active.all(JSON.stringify(ACTIVE_STATES)).map((id) => enter(id, 'interrupted', reason))),
  };
}

const WHY_NOT_RESUMED: Partial<Record<RunState, string>> = {
  finished: 'it has done all its steps',
  diverged: 'from its checkpoint it would diverge again; start a new run with other settings',
  pausing: 'it finishes its step before it rests',
  stopping: 'it is being stopped',
};

function wrongMoment(run: RunRow, why: string): UserError {
  return new UserError({
    code: 'conflict',
    message: `Run ${run.id} is ${run.state}: ${why}`,
    where: `run ${run.id}`,
  });
}
