import { UserError, assertNever } from '../contract/errors.ts';
import type { FromTrainer } from '../contract/trainer.ts';
import type { Store } from '../store/store.ts';
import { recordCheckpoint } from './checkpoints.ts';
import type { Live } from './live.ts';

/** Pause before a write that the disk refused is tried again. */
const RETRY_MS = 2000;

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
  /** A sentence while the store cannot be written, else empty. */
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
 * Writes what one attempt at a run reports, in its order. Where the disk refuses, nothing is dropped: the same write
 * is tried again, and since the trainer hears of no committed step meanwhile, it waits.
 */
export function createAttempt(options: AttemptOptions): Attempt {
  const { live, runId, attempt, onNotice } = options;
  const queue: Entry[] = [];
  let isEnded = false;
  let blocked = false;
  let retry: NodeJS.Timeout | undefined;
  let resolveEnded: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (resolveEnded = resolve));

  const settle = () => {
    isEnded = true;
    live.announce('runs', runId);
    resolveEnded();
  };

  const attemptWrite = (entry: Entry): Error | null => {
    try {
      writeEntry(options, entry);
      return null;
    } catch (error) {
      return error instanceof Error ? error : UserError.from(error);
    }
  };

  const drain = () => {
    clearTimeout(retry);
    while (queue.length > 0 && !isEnded) {
      const entry = queue[0]!;
      const fault = attemptWrite(entry);
      if (fault && isDiskTrouble(fault, options.store)) {
        blocked = true;
        onNotice(`The database cannot be written, training waits until it can: ${fault.message}`);
        retry = setTimeout(drain, RETRY_MS);
        return;
      }
      queue.shift();
      // Where even the end is refused, the run has ended in another way already.
      if (endsAttempt(entry)) settle();
      else if (fault) options.onFault(fault);
    }
    if (blocked) onNotice('');
    blocked = false;
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

/** Full, failing or locked: what may pass, unlike a refusal of what the trainer said. */
function isDiskTrouble(error: Error, store: Store): boolean {
  if (!(error instanceof UserError)) return false;
  return error.code === 'unavailable' || (error.code === 'conflict' && error.where === store.file);
}

function writeEntry(
  { store, live, runId, attempt, checkpointFolder, onCommitted }: AttemptOptions,
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
      return recordCheckpoint(store, checkpointFolder, entry);
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
      store.runs.end(runId, attempt, { state: 'failed', reason, measured: null });
      return;
    }
    case 'died':
      store.runs.end(runId, attempt, { state: entry.state, reason: entry.reason, measured: null });
      return;
    default:
      assertNever(entry);
  }
}
