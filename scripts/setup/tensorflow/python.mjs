import { findProgram, runCommand } from '../command.mjs';

/**
 * The first Python on PATH that has pip. A system Python without pip and a second one with it are common, so each
 * candidate is asked.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{program: string, args: string[]} | {missing: string}>}
 */
export async function findPip(env = process.env) {
  const tried = [];
  for (const name of ['python3', 'python', 'py']) {
    const program = findProgram(name, env);
    if (program === undefined) continue;
    const { code } = await runCommand(program, ['-m', 'pip', '--version'], { env });
    if (code === 0) return { program, args: ['-m', 'pip'] };
    tried.push(program);
  }
  for (const name of ['pip3', 'pip']) {
    const program = findProgram(name, env);
    if (program === undefined) continue;
    const { code } = await runCommand(program, ['--version'], { env });
    if (code === 0) return { program, args: [] };
    tried.push(program);
  }
  return {
    missing: tried.length === 0 ? 'No Python was found on PATH' : `Python has no pip here (tried ${tried.join(', ')})`,
  };
}
