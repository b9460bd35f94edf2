import type { IdentityBlock } from '../../../../contract/identity.ts';
import { stagesOf, stageTitle } from '../../../../charts/stages.ts';

/** How a block is drawn: by shape and word, so that nothing hangs on colour. */
export type BlockLook = 'clean' | 'wanting' | 'altered' | 'shape-change';

export const BLOCK_LOOKS: Readonly<Record<BlockLook, { readonly glyph: string; readonly word: string }>> = {
  clean: { glyph: '✓', word: 'clean' },
  wanting: { glyph: '!', word: 'clean path, but' },
  altered: { glyph: '✕', word: 'not clean' },
  'shape-change': { glyph: '◇', word: 'change of shape' },
};

export function lookOf({ verdict, clean }: IdentityBlock): BlockLook {
  if (verdict === 'fail') return clean ? 'wanting' : 'altered';
  return verdict === 'pass' ? 'clean' : 'shape-change';
}

export interface IdentityStage {
  readonly title: string;
  readonly blocks: readonly IdentityBlock[];
  /** `17 clean, 1 change of shape` */
  readonly summary: string;
}

/** The blocks by stage, with how many of each kind there are. */
export function identityStages(blocks: readonly IdentityBlock[]): IdentityStage[] {
  return stagesOf(blocks.map(({ name }) => name)).map(({ name, from, to }) => {
    const own = blocks.slice(from, to);
    const counts = (Object.keys(BLOCK_LOOKS) as BlockLook[]).flatMap((look) => {
      const count = own.filter((block) => lookOf(block) === look).length;
      return count === 0 ? [] : [`${count} ${BLOCK_LOOKS[look].word.replace(', but', ' that fails')}`];
    });
    return { title: stageTitle(name), blocks: own, summary: counts.join(', ') };
  });
}
