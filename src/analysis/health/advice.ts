import { networkName } from '../../contract/network.ts';
import type { HealthSubject } from './rule.ts';

/** Settings of this application that may help; each names its field in the launch form and its option of the command line. */
const ADVICE = {
  /** Pascanu et al. 2013; 5.0 is what very deep residual networks are usually clipped at. */
  clip: ({ recipe: { clipNorm } }) =>
    clipNorm === null
      ? 'Clip the global gradient norm at 5: Clip norm 5, --clip-norm 5'
      : clipNorm > 5
        ? `Clip at a smaller norm than ${plain(clipNorm)}: Clip norm 5, --clip-norm 5`
        : null,
  /** He et al. 2015, section 4.2, warm up ResNet-110 for about an epoch. */
  warmup: ({ recipe: { warmupSteps }, stepsPerEpoch }) =>
    warmupSteps < stepsPerEpoch
      ? `Warm up over an epoch: Warm-up ${stepsPerEpoch}, --warmup-steps ${stepsPerEpoch}`
      : null,
  rate: ({ recipe: { learningRate } }) => {
    const tenth = plain(learningRate / 10);
    return `A tenth of the learning rate: Learning rate ${tenth}, --lr ${tenth}`;
  },
  otherRate: ({ recipe: { learningRate } }) => {
    const [less, more] = [plain(learningRate / 10), plain(learningRate * 10)];
    return `Another learning rate, a tenth and ten times: Learning rate ${less} or ${more}, --lr ${less} or --lr ${more}`;
  },
  rollback: ({ recipe: { rollbacks } }) =>
    rollbacks === 0 ? 'Go back to the last checkpoint with a smaller rate: Rollbacks 2, --rollbacks 2' : null,
  preactivation: ({ network }) =>
    network.version === 'v1' && network.architecture === undefined
      ? `The same depth with pre-activation: Version V2, --arch ${networkName({ ...network, version: 'v2' })}`
      : null,
  /** He et al. 2016, table 1: every other shortcut had a larger error than the identity. */
  identity: ({ network: { shortcut } }) =>
    shortcut === undefined || shortcut === 'identity'
      ? null
      : `Identity shortcuts: Shortcut identity, no --shortcut instead of --shortcut ${shortcut}`,
} as const satisfies Readonly<Record<string, (subject: HealthSubject) => string | null>>;

export type AdviceName = keyof typeof ADVICE;

/** What is worth a try for this run, without what it has already. */
export function adviceFor(names: readonly AdviceName[], subject: HealthSubject): string[] {
  return names.map((name) => ADVICE[name](subject)).filter((text) => text !== null);
}

/** As the command line and the form take it: no typographic minus, no trailing zeros. */
function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}
