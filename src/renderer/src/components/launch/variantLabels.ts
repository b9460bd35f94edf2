import type { ActivationOrder, ShortcutKind } from '../../../../contract/block.ts';

/** As He et al. 2016 name them in tables 1 and 2. */
export const SHORTCUT_LABELS: Readonly<Record<ShortcutKind, string>> = {
  identity: 'Identity',
  'zero-padding': 'Zero padding',
  projection: '1×1 convolution',
  'constant-scaling': 'Constant scaling',
  'exclusive-gating': 'Exclusive gating',
  'shortcut-only-gating': 'Shortcut-only gating',
  dropout: 'Dropout',
};

export const ORDER_LABELS: Readonly<Record<ActivationOrder, string>> = {
  original: 'Original',
  'bn-after-addition': 'BN after addition',
  'relu-before-addition': 'ReLU before addition',
  'relu-only-preactivation': 'ReLU-only pre-activation',
  'full-preactivation': 'Full pre-activation',
};
