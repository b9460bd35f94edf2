import { SetupFailure } from './failure.mjs';

/**
 * Runs a script's work; a failure is printed as sentences, a mistake of ours with its stack, and the exit code is 1.
 * @param {() => Promise<void>} work
 */
export async function stopOnFailure(work) {
  try {
    await work();
  } catch (error) {
    const text = error instanceof SetupFailure ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  }
}
