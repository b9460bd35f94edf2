import type { LayerBuilder } from '../engine/layers/builder.ts';
import type { Layer } from '../engine/layers/layer.ts';
import { squeezeAndExcite } from './squeezeAndExcitation.ts';
import type { Unit } from './units.ts';

/** What goes into the addition of a unit. */
interface Branches {
  readonly residual: Layer;
  /** The unit's input. */
  readonly x: Layer;
  /** What the residual branch convolves first: x, or its activation; a projection and a gate convolve it too. */
  readonly entry: Layer;
  /** Whether a batch norm follows a projection, as one follows the residual branch's last convolution. */
  readonly isNormalised: boolean;
}

/** Both branches times this (He et al. 2016, table 1, "constant scaling"). */
const SCALE = 0.5;

/** The share of a shortcut's elements that dropout keeps (He et al. 2016, table 1, "dropout shortcut"). */
const KEPT = 0.5;

/**
 * A gate's bias before training: 1 - g is all but 1, so that the unit starts near identity; of those tried in He et al.
 * 2016, table 1, the best for both kinds of gating.
 */
const GATE_BIAS = -6;

/** Residual branch and shortcut, added as the unit's kind of shortcut says: He et al. 2016, table 1 and figure 2. */
export function meet(net: LayerBuilder, unit: Unit, branches: Branches): Layer {
  const residual = unit.se === null ? branches.residual : squeezeAndExcite(net, branches.residual, unit.se);
  const shortcut = carry(net, unit, branches);
  switch (unit.shortcut) {
    case 'identity':
    case 'zero-padding':
    case 'projection':
      return net.addition('add', residual, shortcut, unit.drop);
    case 'constant-scaling':
      return net.addition(
        'add',
        net.scale('scale', residual, SCALE),
        net.scale('shortcut.scale', shortcut, SCALE),
        unit.drop,
      );
    case 'exclusive-gating': {
      const gate = gateOf(net, unit, branches);
      const closed = net.complement('gate.complement', gate);
      const gated = net.product('gated', residual, gate);
      return net.addition('add', gated, net.product('shortcut.gated', shortcut, closed), unit.drop);
    }
    case 'dropout':
      return net.addition('add', residual, net.dropout('shortcut.dropout', shortcut, KEPT), unit.drop);
    case 'shortcut-only-gating': {
      const closed = net.complement('gate.complement', gateOf(net, unit, branches));
      return net.addition('add', residual, net.product('shortcut.gated', shortcut, closed), unit.drop);
    }
  }
}

/**
 * x in the shape of the unit's output. Where shapes match it is x itself, so that a V2 path from input to output stays
 * clean, or its activation where the unit activates before it splits (He et al. 2016, appendix).
 */
function carry(net: LayerBuilder, unit: Unit, { x, entry, isNormalised }: Branches): Layer {
  const start = unit.activationBeforeSplit ? entry : x;
  const isSame = unit.stride === 1 && x.shape.at(-1) === unit.channels;
  if (isSame && unit.shortcut !== 'projection') return start;
  if (unit.shortcut === 'zero-padding' && x.shape.at(-1)! <= unit.channels) return zeroPad(net, unit, start);
  const projected = net.convolution('shortcut.conv', entry, { ...outer(unit), window: 1 });
  return isNormalised ? net.batchNorm('shortcut.bn', projected) : projected;
}

/** He et al. 2015, option A: no parameters. One pixel of each window stays; channels can only be added, and are zero. */
function zeroPad(net: LayerBuilder, { channels, stride }: Unit, x: Layer): Layer {
  const smaller = stride === 1 ? x : net.maxPool('shortcut.subsample', x, { window: 1, stride });
  return x.shape.at(-1) === channels ? smaller : net.padChannels('shortcut.pad', smaller, channels);
}

/** g = sigmoid(Wg x + bg) with a 1x1 convolution Wg: one number for each element of the output. */
function gateOf(net: LayerBuilder, unit: Unit, { entry }: Branches): Layer {
  return net.sigmoid(
    'gate.sigmoid',
    net.convolution('gate.conv', entry, { ...outer(unit), window: 1, bias: GATE_BIAS }),
  );
}

const outer = ({ channels, stride }: Unit) => ({ channels, stride });
