import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { scratch } from '../setup/scratch.fixture.ts';
import { onceWithin } from './child.mjs';
import { couldNotRun } from './window.mjs';

/** The launcher and a child that counts its signals, finishes its work, and ends with code 7. */
async function launch(signals: readonly NodeJS.Signals[]) {
  const folder = scratch();
  writeFileSync(
    join(folder, 'child.mjs'),
    `let count = 0;
     for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
       count++;
       setTimeout(() => { console.log(signal, count); process.exit(7); }, 150);
     });
     setInterval(() => undefined, 1000);
     console.log('ready');`,
  );
  writeFileSync(
    join(folder, 'launcher.mjs'),
    `import { runChild } from ${JSON.stringify(join(import.meta.dirname, 'child.mjs'))};
     const { code } = await runChild(process.execPath, [${JSON.stringify(join(folder, 'child.mjs'))}]);
     process.exitCode = code;`,
  );
  const launcher = spawn(process.execPath, [join(folder, 'launcher.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  launcher.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(launcher, 'close');
  while (!said.includes('ready')) await sleep(10);
  for (const signal of signals) {
    launcher.kill(signal);
    await sleep(20);
  }
  const [code] = (await ended) as [number];
  return { code, said };
}

describe('a started command', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'gets %s, ends its work, and gives its exit code',
    async (signal) => {
      expect(await launch([signal])).toEqual({ code: 7, said: `ready\n${signal} 1\n` });
    },
  );

  it('gets one Ctrl-C once, however often it arrives', async () => {
    expect(await launch(['SIGINT', 'SIGINT', 'SIGINT'])).toEqual({ code: 7, said: 'ready\nSIGINT 1\n' });
  });

  it('gets a second Ctrl-C that the user means', () => {
    const accept = onceWithin(1000);
    const answers = [accept('SIGINT', 0), accept('SIGINT', 30), accept('SIGTERM', 40), accept('SIGINT', 1200)];
    expect(answers).toEqual([true, false, true, true]);
  });
});

describe('an Electron that ended', () => {
  it('could not run at all when it crashed at once or misses a library', () => {
    expect(couldNotRun({ code: 133, signal: 'SIGTRAP', elapsedMs: 300 })).toBe(true);
    expect(couldNotRun({ code: 127, signal: null, elapsedMs: 20 })).toBe(true);
  });

  it('was closed, or failed on its own, otherwise', () => {
    expect(couldNotRun({ code: 0, signal: null, elapsedMs: 300 })).toBe(false);
    expect(couldNotRun({ code: 1, signal: null, elapsedMs: 300 })).toBe(false);
    expect(couldNotRun({ code: 133, signal: 'SIGTRAP', elapsedMs: 60_000 })).toBe(false);
    expect(couldNotRun({ code: 143, signal: 'SIGTERM', elapsedMs: 300 })).toBe(false);
  });
});
