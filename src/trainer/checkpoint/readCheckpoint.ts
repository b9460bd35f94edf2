import { UserError } from '../../contract/errors.ts';
import { readWithHash } from '../../data/verifiedFile.ts';
import type { TrainingProgram, TrainingState } from '../../engine/program.ts';
import type { KeptProgress } from '../progress.ts';
import { decodeCheckpoint } from './checkpoint.ts';

/** A checkpoint on the disk, as it was when it was written. */
export interface WrittenCheckpoint {
  readonly step: number;
  readonly file: string;
  readonly sha256: string;
}

/** Reads a checkpoint back. Throws a `UserError` where it is not what was written, byte for byte, or of another network. */
export function readCheckpoint(
  { file, sha256 }: WrittenCheckpoint,
  program: TrainingProgram,
): { state: TrainingState; progress: KeptProgress } {
  const bytes = readWithHash(file, sha256, (kind, detail) => {
    const what = kind === 'unreadable' ? `cannot be read: ${detail}` : 'is not as it was written';
    return new UserError({ code: 'failed', message: `The checkpoint ${file} ${what}`, where: file });
  });
  const { state, progress } = decodeCheckpoint(bytes, program, file);
  return { state, progress };
}
