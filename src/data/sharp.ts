import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import type Sharp from 'sharp';
import { checkSharp } from '../../scripts/setup/integrity.mjs';
import { UserError } from '../contract/errors.ts';

/** Told to each thread that is started later. */
const IS_READY = 'depthlab:sharp';

let loaded: typeof Sharp | undefined;

/**
 * sharp, loaded where the first picture needs it. Its native code and the list of what that may read are the whole process's:
 * the main thread checks the one by its pinned SHA-256 and shortens the other before it starts workers that decode. Throws a
 * `UserError` where sharp is not as set-up left it.
 */
export function loadSharp(): typeof Sharp {
  return (loaded ??= isMainThread ? loadFirst() : loadInWorker());
}

function loadFirst(): typeof Sharp {
  const require = createRequire(import.meta.url);
  try {
    checkSharp(dirname(dirname(require.resolve('sharp'))));
    const sharp = require('sharp') as typeof Sharp;
    // Whatever else libvips can read is none of ours: each loader less is a way in less.
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
    });
    // Workers decode side by side, each on its own core.
    sharp.concurrency(1);
    sharp.cache(false);
    setEnvironmentData(IS_READY, true);
    return sharp;
  } catch (error) {
    throw new UserError({
      code: 'unavailable',
      message: error instanceof Error ? error.message : String(error),
      where: 'sharp',
      hint: 'Run "npm run setup -- --repair"',
    });
  }
}

function loadInWorker(): typeof Sharp {
  if (getEnvironmentData(IS_READY) !== true) throw new Error('The main thread loads sharp before a worker does');
  return createRequire(import.meta.url)('sharp') as typeof Sharp;
}
