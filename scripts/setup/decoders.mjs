import { SetupFailure } from './failure.mjs';
import { checkImageRs, checkSharp } from './integrity.mjs';
import { inModules } from './paths.mjs';

const name = 'picture decoders';

/** @type {import('./step.mjs').Step} */
export const decoders = {
  name,
  async check() {
    return whatIsWrong() === null;
  },
  async install() {
    const wrong = whatIsWrong();
    if (wrong === null) return;
    throw new SetupFailure(
      name,
      wrong,
      'Run "npm run setup -- --repair", which fetches the packages anew, and start again',
    );
  },
};

/** @returns {string | null} */
function whatIsWrong() {
  try {
    checkSharp(inModules('sharp'));
    checkImageRs(inModules('@julusian', 'image-rs'));
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.split(' Run ')[0] ?? '') : String(error);
  }
}
