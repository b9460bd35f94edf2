import type { ActivationOrder, BlockKind, ShortcutKind } from '../../../../contract/block.ts';
import type { NetworkChoices, NetworkFamily } from '../../../../contract/network.ts';

/** What is chosen of a network beside version and depth, as the form holds it. Empty `se`: none. */
export interface NetworkDraft {
  block: BlockKind | 'papers';
  family: NetworkFamily | 'papers';
  se: string;
  shortcut: ShortcutKind;
  activation: ActivationOrder | 'papers';
  activationBeforeSplit: boolean;
}

/** The choices of a run or a study as the form holds them. */
export function networkDraft(choices: NetworkChoices): NetworkDraft {
  return {
    block: choices.block ?? 'papers',
    family: choices.family ?? 'papers',
    se: choices.se === undefined ? '' : String(choices.se),
    shortcut: choices.shortcut ?? 'identity',
    activation: choices.activation ?? 'papers',
    activationBeforeSplit: choices.activationBeforeSplit ?? false,
  };
}

/** What the form asks for; what is as in the papers is left out. `se` is the number that was read from its field. */
export function choicesOfDraft(draft: NetworkDraft, se: number | null | undefined): Record<string, unknown> {
  const { block, family, shortcut, activation, activationBeforeSplit } = draft;
  return {
    ...(block === 'papers' ? {} : { block }),
    ...(family === 'papers' ? {} : { family }),
    ...(se === null || se === undefined ? {} : { se }),
    ...(shortcut === 'identity' ? {} : { shortcut }),
    ...(activation === 'papers' ? {} : { activation }),
    ...(activationBeforeSplit ? { activationBeforeSplit } : {}),
  };
}
