/** Decodes the pictures of a folder whole, one after another, with image-rs alone; `startPeer` says how it is spoken to. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImageTransformer } from '@julusian/image-rs';
import { answerSteps } from '../engine/stepWorker.ts';

const folder = process.argv[2] ?? '';
const files = globSync('*/*.jpg', { cwd: folder });
let step = 0;
await answerSteps(() => {
  const bytes = readFileSync(join(folder, files[step % files.length]!));
  step += 1;
  return ImageTransformer.fromEncodedImage(bytes).toBufferSync('rgb');
});
