import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { runRow } from '../analysis/runRow.fixture.ts';
import { createProgress } from './progress.ts';
import { progressBar } from './progressBar.ts';
import { barLine, endedLine, progressLines } from './progressLine.ts';
import { terminalOf, type Terminal } from './terminal.ts';
import { clip, textWidth } from './textWidth.ts';

const WIDE: Terminal = { columns: 160, rows: 24, unicode: true, colours: false };

const running = runRow({
  id: 12,
  state: 'running',
  lastStep: 55,
  totalSteps: 110,
  elapsedMs: 10_000,
  trainLoss: 0.25,
  validationAccuracy: 0.9,
  recipe: { batchSize: 64, validationShare: 0.1 },
});

describe('the bar', () => {
  it('is filled to an eighth of a cell with blocks, and in whole # without', () => {
    expect(progressBar(0, 10, { unicode: true })).toBe('▕        ▏');
    expect(progressBar(0.5, 10, { unicode: true })).toBe('▕████    ▏');
    expect(progressBar(0.55, 10, { unicode: true })).toBe('▕████▍   ▏');
    expect(progressBar(0.5, 10, { unicode: false })).toBe('[####    ]');
  });

  it('is full only when all is done, has its width whatever the share, and takes none beyond its ends', () => {
    expect(progressBar(0.9999, 10, { unicode: true })).toBe('▕███████▉▏');
    expect(progressBar(0.9999, 10, { unicode: false })).toBe('[####### ]');
    expect(progressBar(1, 10, { unicode: true })).toBe('▕████████▏');
    expect(progressBar(2, 4, { unicode: false })).toBe('[##]');
    expect(progressBar(-1, 4, { unicode: false })).toBe('[  ]');
    for (let share = 0; share <= 1; share += 0.01)
      for (const unicode of [true, false]) expect(textWidth(progressBar(share, 23, { unicode }))).toBe(23);
  });
});

describe('the line of a run', () => {
  it('has bar, percent, step, epoch, images/s, loss and time left', () => {
    expect(barLine(running, WIDE)).toBe(
      'run 12 resnet_v2_110  ▕███████████████               ▏   50 %  step 55/110  epoch 3/5  352 images/s  loss 0.2500  ' +
        '0:10 left  validation accuracy 90.00 %',
    );
    expect(barLine(running, { ...WIDE, unicode: false }, '7/18 done  ')).toContain(
      '7/18 done  run 12 resnet_v2_110  [####',
    );
    expect(barLine({ ...running, lastStep: 0, state: 'preparing' }, WIDE)).toBe('run 12 resnet_v2_110: preparing');
    expect(barLine({ ...running, state: 'paused', isHeld: true }, WIDE)).toContain('paused in memory');
  });

  it('says 100 % only of all steps', () => {
    expect(barLine({ ...running, totalSteps: 1000, lastStep: 999 }, WIDE)).toContain('99 %');
    expect(barLine({ ...running, lastStep: 110 }, WIDE)).toContain('100 %');
  });

  it('never takes more cells than the terminal has, less one, and keeps the percentage', () => {
    const wideName = {
      ...running.network,
      architecture: { name: '深い残差ネットワーク'.repeat(5) },
    } as typeof running.network;
    for (const run of [running, { ...running, network: wideName }, { ...running, lastStep: 0 }])
      for (let columns = 2; columns <= 200; columns++)
        for (const unicode of [true, false]) {
          const line = barLine(run, { ...WIDE, columns, unicode }, '7/18 done  ');
          expect(textWidth(line), line).toBeLessThan(columns);
          if (run.lastStep > 0 && columns > 6) expect(line).toContain('50 %');
        }
  });

  it('shows a bar as long as there is room for one beside the percentage', () => {
    expect(barLine(running, { ...WIDE, columns: 20, unicode: false })).toBe('[#####     ]   50 %');
  });

  it("has its family's colour, and none where there are none", () => {
    const coloured = barLine(running, { ...WIDE, colours: true });
    expect(coloured).toContain('\u001b[38;5;32m▕');
    expect(stripVTControlCharacters(coloured)).toBe(barLine(running, WIDE));
  });

  it('carries no control character of a name to the terminal', () => {
    const named = {
      ...running,
      network: { ...running.network, architecture: { name: 'a\u001b[2Jb\nc' } },
    } as typeof running;
    expect(barLine(named, WIDE)).toContain('a [2Jb c');
    expect(endedLine({ ...named, state: 'finished', testAccuracy: 0.9 })).toContain('a [2Jb c');
  });

  it('is text without a terminal', () => {
    expect(progressLines([running], '0/2 done  ')(null)).toEqual([
      '0/2 done  run 12 resnet_v2_110 seed 1  step 55/110  epoch 3/5  50 %  352 images/s  0:10 left  loss 0.2500  validation accuracy 90.00 %',
    ]);
  });
});

describe('the width of a text', () => {
  it('counts cells', () => {
    expect(textWidth('残差 net')).toBe(8);
    expect(textWidth('e\u0301')).toBe(1);
    expect(clip('残差残差', 6)).toBe('残...');
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('abcdef', 2)).toBe('..');
  });
});

describe('a terminal', () => {
  const stream = (change = {}) =>
    ({ isTTY: true, columns: 100, rows: 30, getColorDepth: () => 8, ...change }) as unknown as NodeJS.WriteStream;

  it('is drawn on with blocks where its locale is UTF-8', () => {
    expect(terminalOf(stream(), { LANG: 'C.UTF-8' }, 'linux')).toEqual({
      columns: 100,
      rows: 30,
      unicode: true,
      colours: true,
    });
    expect(terminalOf(stream(), { LANG: 'en_GB.utf8', LC_ALL: 'C' }, 'linux')).toMatchObject({ unicode: false });
    expect(terminalOf(stream(), { LANG: 'C.UTF-8', TERM: 'linux' }, 'linux')).toMatchObject({ unicode: false });
    expect(terminalOf(stream(), {}, 'win32')).toMatchObject({ unicode: false });
    expect(terminalOf(stream(), { WT_SESSION: '1' }, 'win32')).toMatchObject({ unicode: true });
  });

  it('is none where there is no cursor to move, or no terminal', () => {
    expect(terminalOf(stream({ isTTY: undefined }), {}, 'linux')).toBeNull();
    expect(terminalOf(stream(), { TERM: 'dumb' }, 'linux')).toBeNull();
  });

  it('has the colours that Node finds, which heeds NO_COLOR', async () => {
    const { WriteStream } = await import('node:tty');
    const { getColorDepth } = WriteStream.prototype;
    const depths = [{ TERM: 'xterm-256color' }, { TERM: 'xterm-256color', NO_COLOR: '1' }].map(
      (environment) => terminalOf(stream({ getColorDepth }), environment, 'linux')?.colours,
    );
    expect(depths).toEqual([true, false]);
  });
});

describe('live lines', () => {
  /** Writes to a terminal of its own, whose screen it gives back: just the sequences that are used. */
  function screenOf(work: (progress: ReturnType<typeof createProgress>) => void, rows = 24): string[] {
    const screen = [''];
    let [row, column] = [0, 0];
    const put = (character: string) => {
      const line = (screen[row] ?? '').padEnd(column);
      screen[row] = line.slice(0, column) + character + line.slice(column + 1);
      column += 1;
    };
    const write = (text: string) => {
      for (const [token] of text.matchAll(/\p{Cc}\[\d*[AJ]|\r|\n|./gu)) {
        if (token === '\r') column = 0;
        else if (token === '\n') [row, column] = [row + 1, 0];
        else if (token === '\u001b[J') {
          screen[row] = (screen[row] ?? '').slice(0, column);
          screen.length = row + 1;
        } else if (token.startsWith('\u001b[')) row -= Number(token.slice(2, -1));
        else put(token);
      }
      return true;
    };
    const stream = { isTTY: true, columns: 80, rows, getColorDepth: () => 1, write };
    work(createProgress(stream as unknown as NodeJS.WriteStream));
    return screen;
  }

  it('are replaced, also by fewer, and leave nothing behind but what was said', () => {
    const screen = screenOf((progress) => {
      progress.show(() => ['one', 'two', 'three']);
      progress.say('said');
      progress.show(() => ['never drawn: too soon']);
      progress.say('said too');
      progress.end();
    });
    expect(screen).toEqual(['said', 'said too', '']);
  });

  it('stand below what is said', () => {
    const screen = screenOf((progress) => {
      progress.show(() => ['one', 'two']);
      progress.say('said');
    });
    expect(screen).toEqual(['said', 'one', 'two']);
  });

  it('are no more than the terminal has lines', () => {
    expect(screenOf((progress) => progress.show(() => ['a', 'b', 'c', 'd']), 3)).toEqual(['a', 'b']);
  });
});
