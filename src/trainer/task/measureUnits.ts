import { setImmediate } from 'node:timers/promises';
import type { MeasuredUnit } from '../../analysis/identityPath.ts';
import type { PathStep } from '../../contract/identity.ts';
import {
  compileIdentityProbe,
  IDENTITY_FEEDS,
  IDENTITY_FETCHES,
  type IdentityProgram,
  type UnitMeasure,
  type UnitProbe,
} from '../../engine/identityProgram.ts';
import { sameShape } from '../../engine/ir/node.ts';
import { activatesBare, endsInRelu, type ResidualUnitLayers } from '../../engine/layers/residualUnits.ts';
import { openGraph, type Feed } from '../session.ts';
import type { TellProgress } from './progress.ts';
import type { OpenSubject } from './subject.ts';

interface Measuring {
  /** Normalised, [count, height, width, channels]. */
  readonly images: Float32Array;
  readonly count: number;
  readonly probes: number;
  readonly seed: number;
  readonly tell: TellProgress;
}

/** Runs the network once for what does not depend on a probe, and once for each probe. */
export async function measureUnits(
  { layers, input, weights }: Pick<OpenSubject, 'layers' | 'input' | 'weights'>,
  { images, count, probes, seed, tell }: Measuring,
): Promise<MeasuredUnit[]> {
  const program = compileIdentityProbe(layers);
  const session = openGraph(program.savedModel);
  try {
    const { height, width, channels } = input;
    const fixed: Record<string, Feed> = {
      [IDENTITY_FEEDS.images]: { shape: [count, height, width, channels], values: images },
      [IDENTITY_FEEDS.parameters]: { shape: [weights.parameters.length], values: weights.parameters },
      ...(program.hasDropout && { [IDENTITY_FEEDS.maskSeed]: scalar(seed) }),
    };
    const read = (fetch: string, feeds: Readonly<Record<string, Feed>>) =>
      session.run({ ...fixed, ...feeds }, [fetch])[0] as Float32Array;
    tell({ stage: 'Measuring', done: 0, total: probes });
    const measured = read(IDENTITY_FETCHES.measured, {});
    const probed: Float32Array[] = [];
    for (let probe = 0; probe < probes && program.probed.length > 0; probe += 1) {
      tell({ stage: 'Probing', done: probe, total: probes });
      // A call of TensorFlow blocks: whoever asked may be gone meanwhile.
      await setImmediate();
      const probeSeed = scalar((seed + probe * PROBE_STRIDE) % SEEDS);
      probed.push(read(IDENTITY_FETCHES.probed, { [IDENTITY_FEEDS.probeSeed]: probeSeed }));
    }
    return program.units.map((unit, index) => measuredUnit(unit, index, { program, measured, probed }));
  } finally {
    session.close();
  }
}

/** Seeds of the probes lie so far apart that those of neighbouring seeds are others. */
const PROBE_STRIDE = 0x9e3779b1;
const SEEDS = 2 ** 31;

interface Readings {
  readonly program: IdentityProgram;
  readonly measured: Float32Array;
  /** Of each probe. */
  readonly probed: readonly Float32Array[];
}

function measuredUnit(unit: ResidualUnitLayers, index: number, { program, measured, probed }: Readings): MeasuredUnit {
  const isSameShape = sameShape(unit.x.shape, unit.y.shape);
  const of = (measure: UnitMeasure) =>
    measured[
      program.measured.findIndex((name) => name.unit === index && 'measure' in name && name.measure === measure)
    ]!;
  const onPath = (place: number, what: 'input' | 'change') => {
    const found = program.measured.findIndex(
      (name) => name.unit === index && 'place' in name && name.place === place && name.of === what,
    );
    return found < 0 ? null : measured[found]!;
  };
  const probesOf = (probe: UnitProbe) => {
    const place = program.probed.findIndex((name) => name.unit === index && name.probe === probe);
    return place < 0 ? [] : probed.map((values) => values[place]!);
  };
  return {
    name: unit.name,
    path: unit.path.map(({ layer, place }, position): PathStep => {
      const [before, change] = [onPath(position, 'input'), onPath(position, 'change')];
      const isMeasured = before !== null && change !== null;
      return { layer: layer.name, kind: layer.kind, place, change: isMeasured ? relative(change, before) : null };
    }),
    isSameShape,
    endsInRelu: endsInRelu(unit),
    startsWithBareRelu: activatesBare(unit),
    meanAbsoluteX: of('absoluteX'),
    meanSquareX: of('squareX'),
    meanAbsoluteF: of('absoluteF'),
    meanSquareF: of('squareF'),
    negativeShare: of('negativeF'),
    meanProduct: isSameShape ? of('product') : null,
    meanSquareDeviation: isSameShape ? of('squareDeviation') : null,
    skipProbes: probesOf('skip'),
    unitProbes: probesOf('unit'),
  };
}

function relative(square: number, whole: number): number {
  return square === 0 ? 0 : Math.sqrt(square / whole);
}

function scalar(value: number): Feed {
  return { shape: [], values: Int32Array.of(value) };
}
