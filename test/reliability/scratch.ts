import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `body` with a folder of its own, gone afterwards. */
export async function withFolder<Result>(body: (folder: string) => Promise<Result> | Result): Promise<Result> {
  return inFolderOf(tmpdir(), body);
}

/** The same in memory, where the platform has such a folder: for thousands of files that need no disk. */
export async function withMemoryFolder<Result>(body: (folder: string) => Promise<Result> | Result): Promise<Result> {
  return inFolderOf(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), body);
}

async function inFolderOf<Result>(parent: string, body: (folder: string) => Promise<Result> | Result): Promise<Result> {
  const folder = mkdtempSync(join(parent, 'depthlab-reliability-'));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
