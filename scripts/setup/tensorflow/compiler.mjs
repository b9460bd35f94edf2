import { findProgram, runCommand } from '../command.mjs';

/**
 * A C++ compiler that works: on macOS `c++` is there before its tools are, so it is asked.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{program: string} | {missing: string}>}
 */
export async function findCompiler(env = process.env) {
  const names = env['CXX'] === undefined ? ['c++', 'g++', 'clang++'] : [env['CXX']];
  for (const name of names) {
    const program = name.includes('/') ? name : findProgram(name, env);
    if (program === undefined) continue;
    const { code } = await runCommand(program, ['--version'], { env });
    if (code === 0) return { program };
  }
  return { missing: `No C++ compiler was found on PATH (tried ${names.join(', ')})` };
}
