/** Decodes the pictures of a folder whole, one after another, with sharp alone; `startPeer` says how it is spoken to. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { answerSteps } from '../engine/stepWorker.ts';

const folder = process.argv[2] ?? '';
const files = globSync('*/*.jpg', { cwd: folder });
sharp.concurrency(1);
sharp.cache(false);
let step = 0;
await answerSteps(async () => {
  await sharp(readFileSync(join(folder, files[step % files.length]!)))
    .raw()
    .toBuffer();
  step += 1;
});
