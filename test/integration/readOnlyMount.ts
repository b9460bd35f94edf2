import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Why this machine mounts nothing read-only for a test, or null. */
export function mountRefused(): string | null {
  if (process.platform !== 'linux') return 'no Linux';
  if (process.getuid?.() !== 0) return 'not root';
  try {
    // In a mount namespace of its own, which goes with the process.
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'depthlab-test', '/tmp'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'mounting is not allowed here';
  }
}

/** The folder once more, below another one, as a file system that nobody can write to; until the test is over. */
export function mountReadOnly(folder: string, below: string): string {
  const mounted = join(below, 'read-only');
  mkdirSync(mounted);
  const mount = (...options: string[]) => execFileSync('mount', options, { stdio: 'ignore' });
  mount('--bind', folder, mounted);
  onTestFinished(() => void execFileSync('umount', ['--lazy', mounted], { stdio: 'ignore' }));
  mount('-o', 'remount,bind,ro', mounted);
  return mounted;
}
