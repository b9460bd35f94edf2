import * as v from 'valibot';
import { Id, RunRow } from './run.ts';
import { StudyRow } from './study.ts';

/** Numbers of runs or studies that are changed together: all of them, or none. */
export const Ids = v.pipe(
  v.array(Id),
  v.minLength(1, 'Name at least one'),
  v.maxLength(10_000, 'At most 10,000 at a time'),
);

/** A deleted run, with the checkpoint files that it keeps on the disk. */
export const DeletedRun = v.strictObject({ run: RunRow, checkpoints: v.number(), checkpointBytes: v.number() });
export type DeletedRun = v.InferOutput<typeof DeletedRun>;

/** What can be restored or purged, newest deletion first. The runs of deleted studies are among the runs. */
export const Bin = v.strictObject({ studies: v.array(StudyRow), runs: v.array(DeletedRun) });
export type Bin = v.InferOutput<typeof Bin>;

/** What was deleted for good. */
export const Purged = v.strictObject({
  studyIds: v.array(Id),
  runIds: v.array(Id),
  /** Files, whether complete or left unfinished by a killed trainer. */
  checkpoints: v.number(),
  /** Given back to the disk. */
  checkpointBytes: v.number(),
  /** Free inside the database, for what is recorded next; its file keeps its size. */
  databaseBytes: v.number(),
});
export type Purged = v.InferOutput<typeof Purged>;
