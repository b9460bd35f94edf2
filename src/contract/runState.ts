import * as v from 'valibot';

/**
 * Where a run stands.
 * `queued` waits for its turn; `preparing` loads data and compiles the graph; `running` trains;
 * `pausing` was asked to rest and finishes its step; `paused` rests, in memory or as a checkpoint, or is held back from the
 * queue; `stopping` was asked to end and writes its checkpoint; `stopped` ended by the user; `finished` did all its steps;
 * `failed` ended with an error; `diverged` met a loss that is not finite; `interrupted` was left by a dead application.
 */
export const RunState = v.picklist([
  'queued',
  'preparing',
  'running',
  'pausing',
  'paused',
  'stopping',
  'stopped',
  'finished',
  'failed',
  'diverged',
  'interrupted',
]);
export type RunState = v.InferOutput<typeof RunState>;

/** Every change of state that there is. `preparing` -> `paused` and the like are runs that were asked to rest before they ran. */
export const TRANSITIONS: Readonly<Record<RunState, readonly RunState[]>> = {
  queued: ['preparing', 'paused', 'stopped'],
  preparing: ['running', 'pausing', 'stopping', 'stopped', 'finished', 'failed', 'diverged', 'interrupted'],
  // A run that must rest at once (the disk is full) has no step to finish.
  running: ['pausing', 'paused', 'stopping', 'stopped', 'finished', 'failed', 'diverged', 'interrupted'],
  pausing: ['paused', 'stopping', 'stopped', 'finished', 'failed', 'diverged', 'interrupted'],
  // From memory it goes on at once; from a checkpoint it waits for its turn again. Its process may die while it rests.
  paused: ['paused', 'running', 'queued', 'stopping', 'stopped', 'failed', 'interrupted'],
  stopping: ['stopped', 'finished', 'failed', 'diverged', 'interrupted'],
  // Whatever has ended may go on from its last checkpoint; `diverged` would diverge again, bit for bit.
  stopped: ['queued'],
  // With more epochs.
  finished: ['queued'],
  failed: ['queued'],
  diverged: [],
  interrupted: ['queued'],
};

export function mayBecome(from: RunState, to: RunState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** States in which a trainer process works on the run. */
export const ACTIVE_STATES = ['preparing', 'running', 'pausing', 'stopping'] as const satisfies readonly RunState[];
/** States after which nothing more happens by itself, and the run has its results. */
export const ENDED_STATES = [
  'stopped',
  'finished',
  'failed',
  'diverged',
  'interrupted',
] as const satisfies readonly RunState[];

export function isActive(state: RunState): boolean {
  return (ACTIVE_STATES as readonly RunState[]).includes(state);
}

/** Whether a trainer process exists for it; one that is held is `paused`, and its process waits. */
export function hasTrainer({ state, isHeld }: { readonly state: RunState; readonly isHeld: boolean }): boolean {
  return isActive(state) || isHeld;
}

/** Whether it waits, trains or may end by itself: not ended, and not paused on the disk. */
export function isUnderWay({ state, isHeld }: { readonly state: RunState; readonly isHeld: boolean }): boolean {
  return !isEnded(state) && (state !== 'paused' || isHeld);
}

/** Whether it may be asked to rest. */
export function canPause({ state, isHeld }: { readonly state: RunState; readonly isHeld: boolean }): boolean {
  return state === 'queued' || state === 'preparing' || state === 'running' || isHeld;
}

/** Whether it may go on. A run that diverged would do so again, bit for bit; one that has done all its steps needs more of them. */
export function canResume({ state, lastStep, totalSteps }: Progress): boolean {
  return mayBecome(state, 'queued') && (state !== 'finished' || lastStep < totalSteps);
}

/** Whether it may be given more epochs: it has no trainer that counts on their number, and would not diverge again. */
export function canExtend({ state, isHeld }: { readonly state: RunState; readonly isHeld: boolean }): boolean {
  return !isHeld && (state === 'queued' || mayBecome(state, 'queued'));
}

/** Whether its learning rate may be changed: it trains, or may go on. */
export function canChangeRate(state: RunState): boolean {
  return state !== 'finished' && state !== 'diverged' && state !== 'stopping';
}

interface Progress {
  readonly state: RunState;
  readonly lastStep: number;
  readonly totalSteps: number;
}

export function isEnded(state: RunState): boolean {
  return (ENDED_STATES as readonly RunState[]).includes(state);
}
