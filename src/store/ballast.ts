import { randomFillSync } from 'node:crypto';
import { rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Size of the ballast: on a full disk even a deletion or a note of why a run rests needs room for its transaction. */
export const BALLAST_BYTES = 16 * 2 ** 20;
/** Left free beside it for the database's next transactions. */
const MARGIN_BYTES = 4 * 2 ** 20;

/** A file beside the database that only takes up room, to be given up where the disk is full. */
function ballastOf(databaseFile: string): string {
  return `${databaseFile}.ballast`;
}

/** Has the ballast in its place; false where there is no room for it and a little more. */
export function makeBallast(databaseFile: string): boolean {
  const file = ballastOf(databaseFile);
  const known = statSync(file, { throwIfNoEntry: false });
  // A file with holes takes up no room.
  if (known?.size === BALLAST_BYTES && (known.blocks === 0 || known.blocks * 512 >= BALLAST_BYTES)) return true;
  if (freeBytes(databaseFile) < BALLAST_BYTES + MARGIN_BYTES) return false;
  try {
    // Random: a file system that compresses would make nothing of zeros.
    writeFileSync(file, randomFillSync(new Uint8Array(BALLAST_BYTES)), { mode: 0o600 });
    return true;
  } catch {
    dropBallast(databaseFile);
    return false;
  }
}

/** Gives the room up for the database. */
export function dropBallast(databaseFile: string): void {
  rmSync(ballastOf(databaseFile), { force: true });
}

/** Gives the room up where the disk has so little left that the database could not be opened. */
export function makeRoom(databaseFile: string): void {
  try {
    if (freeBytes(databaseFile) < MARGIN_BYTES) dropBallast(databaseFile);
  } catch {
    // A disk that is read-only has no room to make; opening the database says so.
  }
}

/** What the disk of a file has left for this user. Unlimited where its folder is not there yet. */
function freeBytes(file: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}
