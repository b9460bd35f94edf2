import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import type * as ImageRs from '@julusian/image-rs';
import type Sharp from 'sharp';
import { checkImageRs, checkSharp } from '../../scripts/setup/integrity.mjs';
import { UserError } from '../contract/errors.ts';

/** The checked file of image-rs, as each thread that is started later is told. */
const IMAGE_RS_FILE = 'depthlab:image-rs';

// The bundles have a constant `require` of their own.
const requireNative = createRequire(import.meta.url);
let loaded: Decoders | undefined;

/** What decodes pictures. */
export interface Decoders {
  /** Any JPEG, PNG or WebP picture, by threads of its own. */
  readonly sharp: typeof Sharp;
  /** Plain JPEGs, in half the time, on the thread that asks. */
  readonly imageRs: Pick<typeof ImageRs, 'ImageTransformer'>;
}

/**
 * The decoders, loaded where the first picture needs them. Native code, and the list of what sharp may read, are the whole
 * process's: the main thread checks the one by its pinned SHA-256 and shortens the other before it starts workers that decode.
 * Throws a `UserError` where they are not as set-up left them.
 */
export function loadDecoders(): Decoders {
  return (loaded ??= isMainThread ? loadFirst() : loadInWorker());
}

function loadFirst(): Decoders {
  try {
    checkSharp(dirname(dirname(requireNative.resolve('sharp'))));
    const sharp = requireNative('sharp') as typeof Sharp;
    // Whatever else libvips can read is none of ours: each loader less is a way in less.
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
    });
    // Workers decode side by side, each on its own core.
    sharp.concurrency(1);
    sharp.cache(false);
    const imageRsFile = checkImageRs(dirname(requireNative.resolve('@julusian/image-rs')));
    setEnvironmentData(IMAGE_RS_FILE, imageRsFile);
    return { sharp, imageRs: requireNative(imageRsFile) as Decoders['imageRs'] };
  } catch (error) {
    throw new UserError({
      code: 'unavailable',
      message: error instanceof Error ? error.message : String(error),
      where: 'picture decoders',
      hint: 'Run "npm run setup -- --repair"',
    });
  }
}

function loadInWorker(): Decoders {
  const imageRsFile = getEnvironmentData(IMAGE_RS_FILE);
  if (typeof imageRsFile !== 'string') throw new Error('The main thread loads the decoders before a worker does');
  return { sharp: requireNative('sharp') as typeof Sharp, imageRs: requireNative(imageRsFile) as Decoders['imageRs'] };
}
