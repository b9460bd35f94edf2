import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
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

/** Whether this process may mount one: root of a Linux machine. */
export function canMount(): boolean {
  try {
    smallDisk(1, () => undefined);
    return true;
  } catch {
    return false;
  }
}

export function smallDisk(megabytes: number, use: (disk: SmallDisk) => void): void;
export function smallDisk(megabytes: number): SmallDisk;
export function smallDisk(megabytes: number, use?: (disk: SmallDisk) => void): SmallDisk | void {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-disk-'));
  const filler = join(folder, 'filler');
  const unmount = () => {
    execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
    rmSync(folder, { recursive: true });
  };
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'depthlab-test', folder], { stdio: 'ignore' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const disk: SmallDisk = {
    folder,
    fill: (leaveBytes) => {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filler, new Uint8Array(Math.max(0, bavail * bsize - leaveBytes)));
    },
    free: () => rmSync(filler, { force: true }),
  };
  if (use) {
    use(disk);
    unmount();
    return;
  }
  onTestFinished(unmount);
  return disk;
}
