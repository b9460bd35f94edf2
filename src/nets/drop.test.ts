import { describe, expect, it } from 'vitest';
import { drawDrops, withDrop } from './drop.ts';
import { architectureOf } from './architecture.ts';
import { decideNetwork } from './plans.ts';
import { unitsOf } from './units.ts';

const images = { height: 32, width: 32, channels: 3, classes: 10 };
const units = unitsOf(architectureOf(decideNetwork({ version: 'v2', depth: 110 }), images));

describe('withDrop', () => {
  it('rises linearly from 1 / L of the probability to all of it with stochastic depth (Huang et al. 2016)', () => {
    const rates = withDrop(units, { stochasticDepth: 0.5, dropPath: null }).map(({ drop }) => drop.stochasticDepth);
    expect(rates).toHaveLength(54);
    expect([rates[0], rates[26], rates[53]]).toEqual([0.5 * (1 / 54), 0.25, 0.5]);
    // As the paper says of its 54 blocks: about 40 are there in a step.
    expect(rates.reduce((kept, rate) => kept + 1 - rate, 0)).toBeCloseTo(40.25);
  });

  it('rises linearly from 0 with drop path (timm)', () => {
    const rates = withDrop(units, { stochasticDepth: null, dropPath: 0.2 }).map(({ drop }) => drop.dropPath);
    expect([rates[0], rates[53]]).toEqual([0, 0.2]);
    expect(rates[1]).toBeCloseTo(0.2 / 53);
  });

  it('leaves the blocks what the architecture says of them where the run says nothing', () => {
    const asked = units.map((unit) => ({ ...unit, drop: { stochasticDepth: 0.25, dropPath: 0 } }));
    expect(withDrop(asked, { stochasticDepth: null, dropPath: null })).toEqual(asked);
  });
});

describe('drawDrops', () => {
  const branches = [0.1, 0.5, 0.9].map((probability, index) => ({ name: `stage1.unit${index + 1}.add`, probability }));
  const program = { drops: { stochasticDepth: branches, dropPath: branches, shortcutElements: true } };
  const draw = (seed: number, step: number, images = 4) => drawDrops(program, { seed, step, images })!;

  it('gives the same for the same seed and step, whatever was drawn before', () => {
    const first = draw(3, 7);
    draw(3, 8);
    expect(draw(3, 7)).toEqual(first);
    const steps = Array.from({ length: 40 }, (_, step) => String(draw(3, step).keptBranches));
    const others = Array.from({ length: 40 }, (_, step) => String(draw(4, step).keptBranches));
    expect(new Set(steps).size).toBeGreaterThan(1);
    expect(others).not.toEqual(steps);
    expect(new Set([draw(3, 7), draw(3, 8), draw(4, 7)].map(({ maskSeed }) => maskSeed)).size).toBe(3);
  });

  it('drops as often as it is told to', () => {
    const steps = Array.from({ length: 4000 }, (_, step) => draw(1, step));
    branches.forEach(({ probability }, branch) => {
      const kept = steps.filter(({ keptBranches }) => keptBranches[branch] === 1).length / steps.length;
      // Four standard deviations.
      const spread = 4 * Math.sqrt((probability * (1 - probability)) / steps.length);
      expect(Math.abs(kept - (1 - probability))).toBeLessThan(spread);
    });
  });

  it('scales up the images that keep a path, so that their mean stays', () => {
    const { branchFactors } = draw(1, 1, 4000);
    branches.forEach(({ probability }, branch) => {
      const own = branchFactors.subarray(branch * 4000, (branch + 1) * 4000);
      expect(new Set(own)).toEqual(new Set([0, Math.fround(1 / (1 - probability))]));
      const spread = 4 * Math.sqrt(probability / (1 - probability) / 4000);
      expect(Math.abs(own.reduce((sum, factor) => sum + factor, 0) / 4000 - 1)).toBeLessThan(spread);
    });
  });

  it('draws nothing where nothing is dropped', () => {
    const drops = { stochasticDepth: [], dropPath: [], shortcutElements: false };
    expect(drawDrops({ drops }, { seed: 1, step: 1, images: 4 })).toBeNull();
  });
});
