import { describe, expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import { keyFigures } from './keyFigures.ts';

const named = (run: Parameters<typeof keyFigures>[0]) =>
  Object.fromEntries(keyFigures(run).map(({ label, value, unit, note }) => [label, [value, unit, note]]));

describe('the key figures of a run', () => {
  it('have their units and their second values', () => {
    expect(named(runRow({ stepsPerEpoch: 22 }))).toEqual({
      'Validation accuracy': ['97.00', '%', 'best 97.50 %'],
      'Validation loss': ['0.0600', '', ''],
      'Test accuracy': ['98.00', '%', 'once, at the end'],
      'Training loss': ['0.0100', '', ''],
      Step: ['110', 'of 110', 'epoch 5.0'],
      Duration: ['1', 'min', ''],
      Throughput: ['500', 'images/s', ''],
      'Step, median': ['100', 'ms', 'first 0.90 s'],
      'Peak memory': ['400', 'MB', ''],
      Parameters: ['1,730,522', '', ''],
    });
  });

  it('are of the test images alone where none are held out', () => {
    const figures = named(runRow({ recipe: { validationShare: 0 } }));
    expect(Object.keys(figures).slice(0, 3)).toEqual(['Test accuracy', 'Test loss', 'Training loss']);
    expect(figures['Test accuracy']).toEqual(['98.00', '%', 'best 98.50 %']);
  });

  it('are dashes before anything has been measured', () => {
    const figures = named(
      runRow({ state: 'queued', testAccuracy: null, stepMs: null, elapsedMs: 0, lastStep: 0, parameters: 0 }),
    );
    expect(figures['Test accuracy']?.[0]).toBe('–');
    expect(figures['Duration']?.[0]).toBe('–');
    expect(figures['Parameters']?.[0]).toBe('–');
  });

  it('say what is left while it trains, and keep NaN', () => {
    const figures = named(runRow({ state: 'running', lastStep: 55, elapsedMs: 10_000, trainLoss: NaN }));
    expect(figures['Step']).toEqual(['55', 'of 110', '50 %, epoch 2.5, 10 s left']);
    expect(figures['Training loss']?.[0]).toBe('NaN');
  });

  it('stand in for what is measured at the end, and say so', () => {
    const run = runRow({
      state: 'running',
      lastStep: 10,
      elapsedMs: 2000,
      imagesPerSecond: null,
      peakMemoryBytes: null,
    });
    const figures = keyFigures(run, 450_000_000).map(({ label, value, unit, note }) => [label, value, unit, note]);
    expect(figures).toContainEqual(['Throughput', '320', 'images/s', 'with evaluation']);
    expect(figures).toContainEqual(['Memory', '450', 'MB', 'now']);
  });
});
