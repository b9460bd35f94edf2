import { UserError, assertNever } from '../contract/errors.ts';
import type { FromTrainer } from '../contract/trainer.ts';
import type { Store } from '../store/store.ts';
import { dropBallast, makeBallast } from '../store/ballast.ts';
import { recordCheckpoint } from './checkpoints.ts';
import type { Live } from './live.ts';
import type { Retention } from './retention.ts';
import { LOCK_NOTICE, LOCK_NOTICE_MS, LOCK_RETRY_MS, troubleOf } from './storeTrouble.ts';

/** Pause before a write that the disk refused is tried again. */
const DISK_RETRY_MS = 2000;
const GOES_ON = 'Training goes on by itself when it can';

export interface AttemptOptions {
  readonly store: Store;
  readonly live: Live;
  readonly runId: number;
  readonly attempt: number;
  readonly checkpointFolder: string;
  /** Steps up to this one are in the file. */
  readonly onCommitted: (step: number) => void;
  /** The trainer broke the contract or the store's rules; it is to be ended. */
  readonly onFault: (error: Error) => void;
  readonly retention: () => Retention;
  /** Adds to a failure's reason what else is known of it. */
  readonly explain: (reason: string) => string;
  /** A sentence while something of this run needs attention, else empty. */
  readonly onNotice: (notice: string) => void;
}

export interface Attempt {
  /** Takes a message; it is in the file as soon as the file can be written. */
  take(message: FromTrainer): void;
  /** Ends the run, after everything taken before is in the file: by its own fault, unless `state` says otherwise. */
  fail(reason: string, state?: 'failed' | 'interrupted'): void;
  /** Resolves once the run's end is in the file. */
  readonly ended: Promise<void>;
  /** Gives up on what cannot be written. */
  abandon(): void;
}

type Entry = FromTrainer | { readonly type: 'died'; readonly state: 'failed' | 'interrupted'; readonly reason: string };

/**
 * Writes what one attempt at a run reports, in its order. Where the disk is full, nothing is dropped: the run rests, with the
 * reason in the file as soon as the ballast has made room for it, and the same write is tried again when there is room for the
 * ballast too. Since the trainer hears of no committed step meanwhile, it waits. The same for another program's lock.
 */
export function createAttempt(options: AttemptOptions): Attempt {
  const { store, live, runId, attempt, onNotice } = options;
  const queue: Entry[] = [];
  let isEnded = false;
  /** What is in the way of the first entry, since when, and whether the run rests for it. */
  let blocked: { readonly by: 'locked' | 'disk'; readonly since: number } | null = null;
  let isResting = false;
  let retry: NodeJS.Timeout | undefined;
  let resolveEnded: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (resolveEnded = resolve));

  const settle = () => {
    isEnded = true;
    live.announce('runs', runId);
    resolveEnded();
  };

  const faultOf = (write: () => void): Error | null => {
    try {
      write();
      return null;
    } catch (error) {
      return error instanceof Error ? error : UserError.from(error);
    }
  };

  /** Waits until it may be otherwise. */
  const wait = (by: 'locked' | 'disk', fault: Error) => {
    if (blocked?.by !== by) blocked = { by, since: performance.now() };
    if (by === 'locked') {
      if (performance.now() - blocked.since > LOCK_NOTICE_MS) onNotice(LOCK_NOTICE);
      retry = setTimeout(drain, LOCK_RETRY_MS);
      return;
    }
    const reason = `${fault.message}. ${GOES_ON}`;
    onNotice(reason);
    if (!isResting) {
      dropBallast(store.file);
      faultOf(() => {
        const { elapsedMs } = store.runs.get(runId);
        isResting = store.runs.markHeld(runId, attempt, { elapsedMs, reason }).reason === reason;
        live.announce('runs', runId);
      });
    }
    retry = setTimeout(drain, DISK_RETRY_MS);
  };

  /** Whether `write` is done with, for good or ill; what it threw, where that is not to be waited for. */
  const attemptWrite = (write: () => void): { readonly fault: Error | null } | null => {
    const fault = faultOf(write);
    const trouble = fault && troubleOf(fault, store);
    if (!trouble) return { fault };
    wait(trouble, fault);
    return null;
  };

  const drain = () => {
    clearTimeout(retry);
    if (blocked?.by === 'disk' && !makeBallast(store.file)) {
      retry = setTimeout(drain, DISK_RETRY_MS);
      return;
    }
    if (isResting) {
      if (!attemptWrite(() => void store.runs.markContinued(runId, attempt))) return;
      isResting = false;
    }
    while (queue.length > 0 && !isEnded) {
      const entry = queue[0]!;
      const done = attemptWrite(() => writeEntry(options, entry));
      if (!done) return;
      queue.shift();
      // Where even the end is refused, the run has ended in another way already.
      if (endsAttempt(entry)) settle();
      else if (done.fault) options.onFault(done.fault);
    }
    if (blocked) onNotice('');
    blocked = null;
  };

  const add = (entry: Entry) => {
    queue.push(entry);
    if (!blocked) drain();
  };

  return {
    take: (message) => {
      // A late message of an earlier attempt, or of another run, is nobody's.
      if (message.runId === runId && message.attempt === attempt) add(message);
    },
    fail: (reason, state = 'failed') => add({ type: 'died', state, reason }),
    ended,
    abandon: () => {
      clearTimeout(retry);
      isEnded = true;
      resolveEnded();
    },
  };
}

function endsAttempt({ type }: Entry): boolean {
  return type === 'ended' || type === 'failed' || type === 'died';
}

function writeEntry(
  { store, live, runId, attempt, checkpointFolder, onCommitted, explain, retention }: AttemptOptions,
  entry: Entry,
): void {
  switch (entry.type) {
    case 'ready':
      store.runs.markReady(runId, attempt, entry);
      return live.announce('runs', runId);
    case 'resumed': {
      const { lastStep } = store.runs.goBack(runId, attempt, { ...entry, cause: 'resume' });
      onCommitted(lastStep);
      live.announce('runs', runId);
      live.announce('steps', runId);
      return live.announce('epochs', runId);
    }
    case 'held':
      store.runs.markHeld(runId, attempt, entry);
      return live.announce('runs', runId);
    case 'continued':
      store.runs.markContinued(runId, attempt);
      return live.announce('runs', runId);
    case 'rateChanged':
      store.runs.recordLearningRate(runId, attempt, entry);
      return live.announce('runs', runId);
    case 'warning':
      store.events.record(runId, 'warning', entry.text);
      return live.announce('runs', runId);
    case 'steps': {
      const { lastStep } = store.steps.append(runId, attempt, entry.frame, entry.elapsedMs);
      onCommitted(lastStep);
      live.announce('runs', runId);
      return live.announce('steps', runId);
    }
    case 'epoch':
      store.epochs.record(runId, attempt, entry.result);
      live.announce('runs', runId);
      return live.announce('epochs', runId);
    case 'tested':
      store.runs.recordTest(runId, attempt, entry.result);
      return live.announce('runs', runId);
    case 'checkpoint':
      recordCheckpoint(store, checkpointFolder, entry, retention());
      return live.announce('status', 0);
    case 'wentBack':
      store.runs.goBack(runId, attempt, { ...entry, cause: 'divergence' });
      live.announce('runs', runId);
      live.announce('steps', runId);
      return live.announce('epochs', runId);
    case 'ended':
      store.runs.end(runId, attempt, { state: entry.outcome, reason: entry.reason, measured: entry });
      return;
    case 'failed': {
      const { message, hint } = entry.error;
      const reason = hint === '' ? message : `${message}. ${hint}`;
      store.runs.end(runId, attempt, { state: 'failed', reason: explain(reason), measured: null });
      return;
    }
    case 'died':
      store.runs.end(runId, attempt, { state: entry.state, reason: explain(entry.reason), measured: null });
      return;
    default:
      assertNever(entry);
  }
}
