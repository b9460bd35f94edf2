import type { TrainingProgram, TrainingState } from '../../src/engine/program.ts';
import { startState } from '../../src/nets/initialise.ts';
import type { Batch } from '../../src/trainer/session.ts';

/** Uniform numbers in [0, 1), as `hashed` in make_fixtures.py: MurmurHash3's finish of index and seed. */
export function hashed(seed: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => {
    let x = (index + Math.imul(seed, 0x9e3779b1)) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
  });
}

/** FNV-1a. */
export function nameSeed(name: string): number {
  let value = 0x811c9dc5;
  for (const letter of name) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193);
  return value >>> 0;
}

/** The weights that make_fixtures.py starts from: every tensor different, batch norms away from 1 and 0. */
export function hashedState(program: TrainingProgram): TrainingState {
  const parameters = new Float32Array(program.parameterCount);
  for (const { name, shape, role, offset, size } of program.parameters) {
    const fanIn = shape.slice(0, -1).reduce((product, length) => product * length, 1);
    const scale = { kernel: Math.sqrt(6 / fanIn), scale: 0.3, shift: 0.2, bias: 0.2 }[role];
    const centre = role === 'scale' ? 1 : 0;
    hashed(nameSeed(name), size).forEach((value, index) => {
      parameters[offset + index] = centre + scale * (2 * value - 1);
    });
  }
  const statistics = new Float32Array(program.statisticCount);
  for (const { role, offset, size } of program.statistics) {
    if (role === 'variance') statistics.fill(1, offset, offset + size);
  }
  return startState(program, parameters, statistics);
}

/** The batch with this index, as `batch_of` in make_fixtures.py; the network is to see (pixel - 120) / 60. */
export function hashedBatch({ input }: Pick<TrainingProgram, 'input'>, index: number, count: number): Batch {
  const { height, width, channels, classes } = input;
  const images = Uint8Array.from(hashed(1000 + index, count * height * width * channels), (value) => value * 256);
  const labels = Int32Array.from(hashed(2000 + index, count), (value) => value * classes);
  return { images, labels, count };
}

export const PIXEL_MEAN = 120;
export const PIXEL_STD = 60;

/** A tensor in a few numbers, as `digest` in make_fixtures.py: norm, two projections, some of its elements. */
export function digest(values: Float32Array): number[] {
  const project = (seed: number) => {
    const direction = hashed(seed, values.length);
    return values.reduce((sum, value, index) => sum + value * (2 * direction[index]! - 1), 0);
  };
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const places = hashed(3, 6);
  return [norm, project(1), project(2), ...Array.from(places, (place) => values[Math.floor(place * values.length)]!)];
}
