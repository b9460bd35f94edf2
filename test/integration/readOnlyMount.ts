import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Why this machine mounts nothing read-only for a test, or null. */
export function mountRefused(): string | null {
  if (process.platform !== 'linux') return 'no Linux';
  if (process.getuid?.() !== 0) return 'not root';
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-mount-'));
  try {
    bind(folder, folder);
    unmount(folder);
    return null;
  } catch {
    return 'mounting is not allowed here';
  } finally {
    rmdirSync(folder);
  }
}

/** The folder once more, below another one, as a file system that nobody can write to; until the test is over. */
export function mountReadOnly(folder: string, below: string): string {
  const mounted = join(below, 'read-only');
  mkdirSync(mounted);
  onTestFinished(() => unmount(mounted));
  bind(folder, mounted);
  return mounted;
}

function bind(folder: string, mounted: string): void {
  execFileSync('mount', ['--bind', folder, mounted], { stdio: 'ignore' });
  execFileSync('mount', ['-o', 'remount,bind,ro', mounted], { stdio: 'ignore' });
}

function unmount(mounted: string): void {
  execFileSync('umount', ['--lazy', mounted], { stdio: 'ignore' });
}
