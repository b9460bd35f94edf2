import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UserError } from '../../contract/errors.ts';
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
  const bytes = readBytes(file);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new UserError({ code: 'failed', message: `The checkpoint ${file} is not as it was written`, where: file });
  }
  const { state, progress } = decodeCheckpoint(bytes, program, file);
  return { state, progress };
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new UserError({ code: 'failed', message: `The checkpoint ${file} cannot be read: ${cause}`, where: file });
  }
}
