import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SyntheticSource } from '../../contract/data.ts';
import { philox } from '../philox.ts';
import type { FoundImage, FoundSet } from './foundSet.ts';

/** Images between two turns of the event loop. */
const TURN = 256;
const RANGE = 2 ** 32;

/**
 * Gratings: each class has its own direction, wavelength and colours; each image its own phase, and Gaussian noise. An image is a
 * pure function of (seed, index): key = (seed, 0), counter = (word, index, 0, 0).
 */
export function syntheticSet(source: SyntheticSource): FoundSet {
  const { images, testImages, height, width, channels, classes, noise, seed } = source;
  return {
    kind: 'synthetic',
    name: 'synthetic',
    title: `Synthetic gratings (${width}x${height})`,
    source: `Drawn by Depthlab from seed ${seed}, with noise of ${noise} of the amplitude`,
    flipAllowed: true,
    storage: { kind: 'pixels', height, width, channels },
    async *images(report): AsyncGenerator<FoundImage> {
      for (let index = 0; index < images + testImages; index += 1) {
        if (index % TURN === 0) {
          report({ stage: 'Drawing images', done: index, total: images + testImages });
          await nextTurn();
        }
        const label = index % classes;
        yield { part: index < images ? 'train' : 'test', label, bytes: drawGrating(source, index, label) };
      }
    },
    facts: () => ({
      classNames: Array.from({ length: classes }, (_, label) => String(label)),
      split: 'The first images train, the others test',
      licence: 'CC0 1.0',
      notes: [],
    }),
  };
}

function drawGrating({ height, width, channels, classes, noise, seed }: SyntheticSource, index: number, label: number) {
  const random = uniformNumbers(seed, index);
  const pixels = new Uint8Array(height * width * channels);
  // Directions over half a turn; every second class has the shorter wavelength.
  const angle = (Math.PI * label) / classes;
  const wavelength = (label % 2 === 0 ? 0.5 : 0.25) * Math.min(height, width);
  const phase = 2 * Math.PI * random();
  const [across, down] = [Math.cos(angle) / wavelength, Math.sin(angle) / wavelength];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const wave = Math.sin(2 * Math.PI * (column * across + row * down) + phase);
      for (let channel = 0; channel < channels; channel += 1) {
        const tint = channels === 1 ? 1 : Math.cos((2 * Math.PI * label) / classes + (2 * Math.PI * channel) / 3);
        const value = 128 + 80 * wave * (0.6 + 0.4 * tint) + 80 * noise * gaussian(random);
        pixels[(row * width + column) * channels + channel] = Math.max(0, Math.min(255, Math.round(value)));
      }
    }
  }
  return pixels;
}

/** Uniform in (0, 1), four numbers a call of the generator. */
function uniformNumbers(seed: number, index: number): () => number {
  const words = new Uint32Array(4);
  let drawn = 0;
  return () => {
    if (drawn % 4 === 0) philox([seed, 0], [drawn / 4, index, 0, 0], words);
    drawn += 1;
    return (words[(drawn - 1) % 4]! + 0.5) / RANGE;
  };
}

/** Box and Muller 1958, one of the two numbers. */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}
