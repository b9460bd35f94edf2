import { resolve } from 'node:path';
import { copyStudy as copy, type KeptLayers } from '../store/copyStudy.ts';

export { KEPT_LAYERS, type KeptLayers } from '../store/copyStudy.ts';

/** Copies one study to a database of its own, also while an application has the first one open. Gives the new file's place. */
export function copyStudy(file: string, to: string, id: number, layers: KeptLayers): string {
  const target = resolve(to);
  copy(resolve(file), target, id, layers, { nativeBinding: process.env['DEPTHLAB_SQLITE_BINDING'] });
  return target;
}
