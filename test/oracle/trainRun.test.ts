import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STEP_SERIES } from '../../src/contract/frames.ts';
import type { FromTrainer } from '../../src/contract/trainer.ts';
import type { TrainingState } from '../../src/engine/program.ts';
import { decodeCheckpoint } from '../../src/trainer/checkpoint/checkpoint.ts';
import { prepareRun } from '../../src/trainer/prepareRun.ts';
import { MAX_STEPS_AHEAD } from '../../src/trainer/trainRun.ts';
import { confirm, lastStepOf, only, series, startMessage, temporaryFolder, train } from './training.fixture.ts';

const [LOSS, ACCURACY, NORM, RATE, STEP_MS] = STEP_SERIES.map((_, column) => column) as [
  number,
  number,
  number,
  number,
  number,
];

describe('a run', () => {
  it('learns the digits, and reports everything in order', async () => {
    const checkpointFolder = temporaryFolder();
    const messages = await train({ epochs: 2 }, { checkpointFolder });
    const types = messages.map(({ type }) => type);
    expect(types[0]).toBe('ready');
    expect(types.slice(-3)).toEqual(['epoch', 'checkpoint', 'ended']);
    expect(messages.every(({ runId, attempt }) => runId === 5 && attempt === 2)).toBe(true);

    const [ready] = only(messages, 'ready');
    expect(ready).toMatchObject({ totalSteps: 46, stepsPerEpoch: 23 });
    expect(ready!.environment.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['tensorflow', 'processor', 'host']),
    );
    const steps = only(messages, 'steps');
    expect(steps.reduce((next, { frame }) => (frame.firstStep === next ? next + frame.count : NaN), 1)).toBe(47);
    expect(steps.every(({ frame }) => frame.norms.length === frame.count * ready!.layers.length)).toBe(true);

    const losses = series(messages, LOSS);
    const epochs = only(messages, 'epoch').map(({ result }) => result);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 23],
      [2, 46],
    ]);
    // The last batch of an epoch has 1437 - 22 * 64 = 29 images; each image counts the same.
    const weighted = losses.slice(0, 23).reduce((sum, loss, index) => sum + loss * (index === 22 ? 29 : 64), 0) / 1437;
    expect(epochs[0]!.trainLoss).toBeCloseTo(weighted, 5);
    expect(epochs[1]!.testAccuracy).toBeGreaterThan(0.9);
    expect(series(messages, ACCURACY).every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(series(messages, RATE)[0]).toBeCloseTo(0.1, 6);
    expect(series(messages, STEP_MS).every((value) => value > 0)).toBe(true);

    const [ended] = only(messages, 'ended');
    expect(ended).toMatchObject({ outcome: 'finished', reason: '', step: 46 });
    expect(ended!.peakMemoryBytes).toBeGreaterThan(50e6);
    expect(ended!.imagesPerSecond).toBeGreaterThan(0);
  });

  it('norms add up to the global norm', async () => {
    const messages = await train({ maxSteps: 3 });
    const { frame } = only(messages, 'steps')[0]!;
    const norms = frame.norms.subarray(0, frame.norms.length / frame.count);
    const global = Math.sqrt(norms.reduce((sum, norm) => sum + norm * norm, 0));
    expect(series(messages, NORM)[0]! / global).toBeCloseTo(1, 5);
  });

  it('is the same twice, bit for bit, with the same seed, and another with another', async () => {
    const measure = async (seed: number) => {
      const messages = await train({ maxSteps: 30, seed, augment: true });
      const norms = only(messages, 'steps').flatMap(({ frame }) => [...frame.norms]);
      const { elapsedMs, ...result } = only(messages, 'epoch').at(-1)!.result;
      expect(elapsedMs).toBeGreaterThan(0);
      return { losses: series(messages, LOSS), global: series(messages, NORM), norms, result };
    };
    const first = await measure(1);
    expect(await measure(1)).toEqual(first);
    expect((await measure(2)).losses[0]).not.toBe(first.losses[0]);
  });

  it('ends at the step limit inside an epoch with an evaluation', async () => {
    const messages = await train({ maxSteps: 25 });
    expect(only(messages, 'epoch').map(({ result }) => [result.epoch, result.step])).toEqual([
      [1, 23],
      [2, 25],
    ]);
    expect(only(messages, 'ended')[0]).toMatchObject({ outcome: 'finished', step: 25 });
  });
});

describe('the checkpoint at the end', () => {
  it('holds the whole state, and its hash and size are those reported', async () => {
    const checkpointFolder = temporaryFolder();
    const messages = await train({ maxSteps: 4 }, { checkpointFolder });
    const [written] = only(messages, 'checkpoint');
    const bytes = readFileSync(written!.file);
    expect(readdirSync(checkpointFolder)).toEqual([basename(written!.file)]);
    expect(statSync(written!.file).size).toBe(written!.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(written!.sha256);

    const run = await prepareRun(startMessage({ maxSteps: 4 }, checkpointFolder));
    for (let step = 1; step <= 4; step++) run.session.step(await run.batches.at(step), run.rates.at(step));
    const { state, position } = decodeCheckpoint(bytes, run.program, written!.file);
    expect(state).toEqual(run.session.read());
    expect(position).toEqual({
      run: 5,
      attempt: 2,
      step: 4,
      epoch: 1,
      seed: 1,
      network: 'resnet_v2_8 basic',
      data: 'digits',
    });
    run.session.close();
  });
});

describe('a stop', () => {
  it('ends the run in the middle of an epoch with a checkpoint of its last step', async () => {
    const messages = await train(
      { epochs: 1000 },
      {
        answer: (message, send) => {
          confirm(message, send);
          if (message.type === 'steps') send({ type: 'stop', reason: 'Stopped by the user', test: true });
        },
      },
    );
    const [ended] = only(messages, 'ended');
    expect(ended).toMatchObject({ outcome: 'stopped', reason: 'Stopped by the user' });
    expect(ended!.step).toBe(lastStepOf(only(messages, 'steps').at(-1)!));
    expect(only(messages, 'checkpoint').map(({ step }) => step)).toEqual([ended!.step]);
    // Heard in the turn after the step during which it came.
    expect(ended!.step).toBeLessThanOrEqual(lastStepOf(only(messages, 'steps')[0]!) + 1);
  });

  it('before the first step ends without a checkpoint', async () => {
    const messages = await train(
      {},
      { answer: (message, send) => message.type === 'ready' && send({ type: 'stop', reason: 'at once', test: true }) },
    );
    expect(messages.map(({ type }) => type)).toEqual(['ready', 'ended']);
    expect(only(messages, 'ended')[0]).toMatchObject({ outcome: 'stopped', step: 0, firstStepMs: null, stepMs: null });
  });
});

/** Diverges on digits within a few steps. */
const DIVERGING = { learningRate: 100, schedule: 'constant', momentum: 0.99, weightDecay: 1 } as const;

describe('a divergence', () => {
  it('ends the run, names step and layer, and writes no checkpoint', async () => {
    let before: TrainingState | undefined;
    let after: TrainingState | undefined;
    const messages = await train(DIVERGING, {
      prepared: (run) => {
        const { session } = run;
        const step: typeof session.step = (...given) => {
          before = session.read();
          const metrics = session.step(...given);
          after = session.read();
          return metrics;
        };
        return { ...run, session: { ...session, step } };
      },
    });
    const [ended] = only(messages, 'ended');
    expect(ended!.outcome).toBe('diverged');
    expect(ended!.reason).toMatch(
      new RegExp(`^Diverged in step ${ended!.step}: .*in forward order, \\S+ is the first layer `),
    );
    expect(only(messages, 'checkpoint')).toEqual([]);
    expect(lastStepOf(only(messages, 'steps').at(-1)!)).toBe(ended!.step);
    expect(after).toEqual(before);
  });

  it('goes back to the start with a smaller rate as often as the recipe allows, then ends', async () => {
    const messages = await train({ ...DIVERGING, rollbacks: 2, rollbackFactor: 0.9 });
    const back = only(messages, 'wentBack');
    expect(back.map(({ step }) => step)).toEqual([0, 0]);
    expect(back[0]!.text).toMatch(
      /^Diverged in step \d+: .*\. Went back to its start, .* times 0.9 \(rollback 1 of 2\)$/,
    );
    expect(back[1]!.text).toMatch(/times 0.81 \(rollback 2 of 2\)$/);
    expect(only(messages, 'ended')[0]).toMatchObject({ outcome: 'diverged' });
    // Each time the steps count from 1 again, and every step up to the broken one was sent before.
    const firsts = only(messages, 'steps').map(({ frame }) => frame.firstStep);
    expect(firsts.filter((first) => first === 1)).toHaveLength(3);
    const rates = new Set(series(messages, RATE).map((rate) => Number(rate.toPrecision(4))));
    expect(rates).toEqual(new Set([100, 90, 81]));
  });

  it('trains to the end once the rate is small enough, as if it had begun with it', async () => {
    const recipe = { ...DIVERGING, momentum: 0.9, weightDecay: 1e-4, maxSteps: 30 };
    const messages = await train({ ...recipe, rollbacks: 1, rollbackFactor: 1e-4 });
    expect(only(messages, 'wentBack')).toHaveLength(1);
    expect(only(messages, 'ended')[0]).toMatchObject({ outcome: 'finished', step: 30 });
    const calm = await train({ ...recipe, learningRate: 0.01 });
    expect(series(messages, LOSS).slice(-30)).toEqual(series(calm, LOSS));
  });

  it('goes back to the last checkpoint where there is one', async () => {
    const breaking = 30;
    const measure = async (breaks: boolean) => {
      const messages = await train(
        { maxSteps: 40, rollbacks: 1, rollbackFactor: 0.5, schedule: 'constant' },
        {
          prepared: (run) => {
            let left = breaks;
            const learningRate = (step: number) => {
              const isBroken = left && step === breaking;
              if (isBroken) left = false;
              return isBroken ? Infinity : run.rates.at(step) * (breaks || step <= 23 ? 1 : 0.5);
            };
            return { ...run, rates: { ...run.rates, at: learningRate } };
          },
        },
      );
      return { messages, losses: series(messages, LOSS) };
    };
    const { messages, losses } = await measure(true);
    expect(only(messages, 'wentBack')[0]).toMatchObject({ step: 23 });
    expect(only(messages, 'checkpoint').map(({ step }) => step)).toEqual([23, 40]);
    const straight = await measure(false);
    expect(losses.slice(-17)).toEqual(straight.losses.slice(-17));
  });
});

describe('a run with held-out images', () => {
  const HELD_OUT = { validationShare: 0.1, maxSteps: 25 } as const;

  it('trains on the rest, is evaluated on them each epoch, and on the test images once', async () => {
    let trained = 0;
    const messages = await train(HELD_OUT, {
      prepared: (run) => {
        const { session } = run;
        const step: typeof session.step = (batch, ...others) => {
          trained += batch.count;
          return session.step(batch, ...others);
        };
        const observedStep: typeof session.observedStep = (batch, ...others) => {
          trained += batch.count;
          return session.observedStep(batch, ...others);
        };
        return { ...run, session: { ...session, step, observedStep } };
      },
    });
    // 1437 - 144 images are 21 batches of 64, the last one of 13.
    expect(only(messages, 'ready')[0]).toMatchObject({ stepsPerEpoch: 21, totalSteps: 25 });
    expect(trained).toBe(1293 + 4 * 64);
    const epochs = only(messages, 'epoch').map(({ result }) => result);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 21],
      [2, 25],
    ]);
    for (const { validationLoss, validationAccuracy, testLoss, testAccuracy } of epochs) {
      expect([testLoss, testAccuracy]).toEqual([null, null]);
      expect(validationLoss).toBeGreaterThan(0);
      // Whole images of 144.
      expect((validationAccuracy! * 144) % 1).toBeCloseTo(0, 9);
    }
    expect(messages.map(({ type }) => type).slice(-3)).toEqual(['checkpoint', 'tested', 'ended']);
    const [tested] = only(messages, 'tested');
    expect(tested!.result.step).toBe(25);
    expect((tested!.result.accuracy * 360) % 1).toBeCloseTo(0, 9);
  });

  it('never sees them in training, and holds out the same ones whatever its seed', async () => {
    const [one, other, another] = await Promise.all(
      [{ seed: 1 }, { seed: 2 }, { seed: 1, validationSeed: 1 }].map((seeds) =>
        prepareRun(startMessage({ ...HELD_OUT, ...seeds }, temporaryFolder())),
      ),
    );
    expect(other!.heldOut).toEqual(one!.heldOut);
    expect(another!.heldOut).not.toEqual(one!.heldOut);
    const { train: images } = one!.dataSet;
    const pixels = (image: number) => {
      const bytes = new Uint8Array(64);
      images.read(image, bytes, 0);
      return bytes.join();
    };
    const seen: string[] = [];
    for (let step = 1; step <= 21; step += 1) {
      const { images: batch, count } = await one!.batches.at(step);
      for (let image = 0; image < count; image += 1) seen.push(batch.slice(64 * image, 64 * (image + 1)).join());
    }
    const heldOut = new Set(one!.heldOut);
    const rest = Array.from({ length: images.count }, (_, image) => image).filter((image) => !heldOut.has(image));
    expect(seen.sort()).toEqual(rest.map(pixels).sort());
    for (const run of [one, other, another]) run!.session.close();
  });

  it.each([
    [true, ['checkpoint', 'tested', 'ended']],
    [false, ['steps', 'checkpoint', 'ended']],
  ])('is tested at a stop only where it is asked for: %s', async (test, last) => {
    const messages = await train(
      { epochs: 1000, validationShare: 0.1 },
      {
        answer: (message, send) => {
          confirm(message, send);
          if (message.type === 'steps') send({ type: 'stop', reason: 'Stopped', test });
        },
      },
    );
    expect(messages.map(({ type }) => type).slice(-3)).toEqual(last);
    expect(only(messages, 'ended')[0]).toMatchObject({ outcome: 'stopped', reason: 'Stopped' });
  });

  it('has stopped where the application closes during its test', async () => {
    const messages = await train(HELD_OUT, {
      answer: (message, send) => {
        confirm(message, send);
        if (message.type === 'checkpoint') send({ type: 'stop', reason: 'Depthlab was closed', test: false });
      },
    });
    expect(only(messages, 'tested')).toEqual([]);
    expect(only(messages, 'ended')[0]).toMatchObject({ outcome: 'stopped', reason: 'Depthlab was closed', step: 25 });
  });
});

describe('an error in the middle', () => {
  it('loses no step that was made', async () => {
    const messages: FromTrainer[] = [];
    let steps = 0;
    const failing = train(
      { epochs: 1000 },
      {
        answer: (message) => void messages.push(message),
        prepared: (run) => ({
          ...run,
          rates: {
            ...run.rates,
            at: (step) => {
              if (step > 5) run.session.close();
              else steps = step;
              return 0.1;
            },
          },
        }),
      },
    );
    await expect(failing).rejects.toThrow('The session is closed');
    await new Promise((resolve) => setImmediate(resolve));
    expect(steps).toBe(5);
    expect(series(messages, LOSS)).toHaveLength(5);
    expect(messages.every(({ type }) => type === 'ready' || type === 'steps')).toBe(true);
  });
});

describe('a store that does not keep up', () => {
  it('makes the trainer wait; nothing is dropped', async () => {
    let confirmedLate = false;
    const messages = await train(
      { epochs: 10_000, batchSize: 1, maxSteps: MAX_STEPS_AHEAD + 50 },
      {
        answer: (message, send) => {
          if (message.type !== 'steps') return;
          const step = lastStepOf(message);
          expect(step <= MAX_STEPS_AHEAD || confirmedLate).toBe(true);
          if (step < MAX_STEPS_AHEAD || confirmedLate) return;
          setTimeout(() => {
            confirmedLate = true;
            send({ type: 'committed', step });
          }, 200);
        },
      },
    );
    expect(series(messages, LOSS)).toHaveLength(MAX_STEPS_AHEAD + 50);
    expect(only(messages, 'ended')[0]).toMatchObject({ outcome: 'finished' });
  }, 60_000);
});
