import { basename } from 'node:path';
import type { ReadChoices } from './foundSet.ts';

/** A data set's name made of a file's or folder's. */
export function nameFrom(path: string): string {
  const name = basename(path)
    .toLowerCase()
    .replace(/(\.tar)?\.[a-z0-9]+$/, '')
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '');
  return name === '' ? 'images' : name.slice(0, 100);
}

/** How a source without test images of its own was split. */
export function splitSentence({ testShare, splitSeed }: ReadChoices): string {
  const percent = Number((100 * testShare).toFixed(2));
  return `${percent} % of the images were split off for the test, stratified by class (seed ${splitSeed})`;
}
