import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A disk of a test's own, in memory, gone when the test is over. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes up all its space but so many bytes. */
  fill(leaveBytes: number): void;
  /** Gives back what `fill` took. */
  free(): void;
}

/** Why this process cannot mount such a disk; null where it can (root of a Linux machine that allows it). */
export function whyNoSmallDisk(): string | null {
  try {
    unmount(mount(1));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export function smallDisk(megabytes: number): SmallDisk {
  const folder = mount(megabytes);
  onTestFinished(() => unmount(folder));
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: (leaveBytes) => {
      const { bavail, bsize } = statfsSync(folder);
      try {
        writeFileSync(filler, new Uint8Array(Math.max(0, bavail * bsize - leaveBytes)));
      } catch (error) {
        // Another program was faster: full it is.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    },
    free: () => rmSync(filler, { force: true }),
  };
}

function mount(megabytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'depthlab-test', folder], { stdio: 'ignore' });
    return folder;
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
}

function unmount(folder: string): void {
  execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
  rmdirSync(folder);
}
