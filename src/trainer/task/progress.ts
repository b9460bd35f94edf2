import type { WorkProgress } from '../../contract/data.ts';

/** Tells whoever asked how far a task is. */
export type TellProgress = (progress: WorkProgress) => void;
