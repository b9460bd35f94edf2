import type {
  IdentityBlock,
  IdentityCause,
  IdentityReport,
  JacobianDeviation,
  PathStep,
} from '../contract/identity.ts';
import { identityReason } from './identityReason.ts';

/** What was measured of a residual unit, and what its layers are. Means are over all elements of a batch. */
export interface MeasuredUnit {
  readonly name: string;
  /** Layers from x to y other than the addition, with the change that each makes. */
  readonly path: readonly PathStep[];
  /** Whether x and y have one shape. */
  readonly isSameShape: boolean;
  /** Whether the last thing before the addition is a ReLU, or one that was scaled by something positive. */
  readonly endsInRelu: boolean;
  /** Whether a ReLU of the branch takes x as it comes, without a batch norm in front. */
  readonly startsWithBareRelu: boolean;
  readonly meanAbsoluteX: number;
  readonly meanSquareX: number;
  readonly meanAbsoluteF: number;
  readonly meanSquareF: number;
  readonly negativeShare: number;
  /** Mean F x and mean (y - F - x)^2; null where shapes differ. */
  readonly meanProduct: number | null;
  readonly meanSquareDeviation: number | null;
  /** Of each probe: mean (J'v - v)^2 along the path alone, and of the unit. Empty where shapes differ. */
  readonly skipProbes: readonly number[];
  readonly unitProbes: readonly number[];
}

/** Half the distance of two neighbouring float32 at 1. */
const UNIT_ROUNDOFF = 2 ** -24;
/** So many roundings of y = F + x and of the two differences are let pass. */
const ROUNDINGS = 4;
/** The Jacobian of a clean path is the identity to the last bit; this is far below any layer that does something. */
const JACOBIAN_TOLERANCE = 1e-6;

/**
 * Whether a unit maps x to x + F(x) and no more. The path is clean where no layer stands on it and y - F(x) - x is within
 * float32's rounding: |y - F - x| <= u (|F + x| + |x|) element by element, of which four times as much is let pass. A unit
 * with a clean path fails where its branch can only add (ReLU before addition) or activates x without normalising it
 * (ReLU-only pre-activation): He et al. 2016, section 4.1 and table 2.
 */
export function judgeUnit(unit: MeasuredUnit): IdentityBlock {
  const [rmsX, rmsF] = [Math.sqrt(unit.meanSquareX), Math.sqrt(unit.meanSquareF)];
  const rmsDeviation = unit.meanSquareDeviation === null ? null : Math.sqrt(unit.meanSquareDeviation);
  const roundings = ROUNDINGS * UNIT_ROUNDOFF * (rmsF + 2 * rmsX);
  const skipJacobian = jacobianDeviation(unit.skipProbes);
  const isExact =
    rmsDeviation !== null && rmsDeviation <= roundings && (skipJacobian?.estimate ?? 0) <= JACOBIAN_TOLERANCE;
  const clean = unit.path.length === 0 && isExact;
  const causes = causesOf(unit, { isExact, isFinite: Number.isFinite(rmsX) && Number.isFinite(rmsF) });
  const fields = {
    deviation: rmsDeviation === null ? null : ratio(rmsDeviation, rmsX),
    tolerance: rmsDeviation === null ? null : ratio(roundings, rmsX),
    negativeShare: unit.negativeShare,
    path: [...unit.path],
  };
  return {
    name: unit.name,
    verdict: !unit.isSameShape ? 'shape-change' : causes.length === 0 ? 'pass' : 'fail',
    clean,
    causes,
    reason: identityReason(causes, fields),
    ...fields,
    residualMagnitude: unit.meanAbsoluteF,
    identityMagnitude: unit.meanAbsoluteX,
    residualRms: rmsF,
    identityRms: rmsX,
    cosine: unit.meanProduct === null ? null : ratio(unit.meanProduct, rmsF * rmsX),
    skipJacobian,
    unitJacobian: jacobianDeviation(unit.unitProbes),
  };
}

/** How many units pass; the network passes where none fails. */
export function countUnits(
  blocks: readonly IdentityBlock[],
): Pick<IdentityReport, 'verdict' | 'passed' | 'failed' | 'shapeChanges'> {
  const count = (verdict: IdentityBlock['verdict']) => blocks.filter((block) => block.verdict === verdict).length;
  const failed = count('fail');
  return { verdict: failed > 0 ? 'fail' : 'pass', passed: count('pass'), failed, shapeChanges: count('shape-change') };
}

/** What stands against a unit, what counts most first. */
function causesOf(unit: MeasuredUnit, found: { isExact: boolean; isFinite: boolean }): IdentityCause[] {
  if (!unit.isSameShape) {
    const isPadded = unit.path.some(({ kind }) => kind === 'padChannels' || kind === 'maxPool');
    const shape = isPadded ? 'zero-padding' : 'projection';
    return [shape, ...alongPath(unit.path.filter(({ place }) => place === 'after-addition'))];
  }
  if (!found.isFinite) return ['not-finite', ...alongPath(unit.path)];
  if (unit.path.length > 0) return alongPath(unit.path);
  if (!found.isExact) return ['unexplained'];
  const causes: IdentityCause[] = [];
  if (unit.endsInRelu && unit.negativeShare === 0) causes.push('residual-never-negative');
  if (unit.startsWithBareRelu) causes.push('relu-without-batch-norm');
  return causes;
}

/** The order in which causes are named: what is on the shortcut alone, then what follows the addition. */
const PATH_CAUSES: readonly IdentityCause[] = [
  'constant-scaling',
  'gating',
  'dropout',
  'convolution',
  'other-layer',
  'batch-norm-after-addition',
  'relu-after-addition',
  'activation-before-split',
];

function alongPath(path: readonly PathStep[]): IdentityCause[] {
  const found = new Set(path.map(causeOf));
  // The batch norm of a projection belongs to it.
  if (found.has('convolution')) found.delete('other-layer');
  return PATH_CAUSES.filter((cause) => found.has(cause));
}

function causeOf({ kind, place }: PathStep): IdentityCause {
  if (place === 'before-split') return 'activation-before-split';
  if (place === 'after-addition') {
    if (kind === 'relu') return 'relu-after-addition';
    return kind === 'batchNorm' ? 'batch-norm-after-addition' : 'other-layer';
  }
  const causes: Partial<Record<string, IdentityCause>> = {
    scale: 'constant-scaling',
    product: 'gating',
    dropout: 'dropout',
    convolution: 'convolution',
  };
  return causes[kind] ?? 'other-layer';
}

/** The root of the probes' mean, with its standard error by the delta method. */
function jacobianDeviation(squares: readonly number[]): JacobianDeviation | null {
  const probes = squares.length;
  if (probes === 0) return null;
  const mean = squares.reduce((total, square) => total + square, 0) / probes;
  const estimate = Math.sqrt(mean);
  if (probes === 1) return { estimate, standardError: null, probes };
  const variance = squares.reduce((total, square) => total + (square - mean) ** 2, 0) / (probes - 1);
  return { estimate, standardError: estimate === 0 ? 0 : Math.sqrt(variance / probes) / (2 * estimate), probes };
}

/** 0 / 0 is 0: nothing of nothing. */
function ratio(part: number, whole: number): number {
  return part === 0 ? 0 : part / whole;
}
