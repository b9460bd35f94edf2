import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram, runCommand, tail } from '../setup/command.mjs';
import { knownCause, SetupFailure } from '../setup/failure.mjs';
import { makeFolder, readJson, sha256, writeJson } from '../setup/files.mjs';
import { compareFile, stampFile, stampName } from '../setup/integrity.mjs';
import { inCache, inModules } from '../setup/paths.mjs';
import { findCompiler } from '../setup/tensorflow/compiler.mjs';

/**
 * better-sqlite3's binaries want N-API 10, which the Electron of the tests does not have yet; what they use of it is there
 * as experimental. So the same sources are compiled for the experimental version, whose number is 2147483647 (the headers
 * used here do not know NAPI_EXPERIMENTAL, which stands for it in Node's own). A current Electron needs none of this.
 */
const name = 'SQLite for that Electron';
const folder = inCache('test-electron-sqlite');
const output = 'better_sqlite3.node';

/** What DEPTHLAB_SQLITE_BINDING is set to in the Electron tests. */
export const testSqliteBinding = join(folder, output);

const experimentalHeader = join(dirname(fileURLToPath(import.meta.url)), 'experimentalNodeApi.h');

const napiDefines = [
  'NAPI_VERSION=2147483647',
  'NAPI_DISABLE_CPP_EXCEPTIONS',
  'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
];

/** @type {import('../setup/step.mjs').Step} */
export const testSqlite = {
  name,
  async check() {
    const stamp = readJson(join(folder, stampName));
    if (stamp?.recipe !== (await recipe())) return false;
    return stamp.files.every((/** @type {any} */ file) => /^(as seen|same bytes)$/.test(compareFile(folder, file)));
  },
  async install(say) {
    const compiler = await findCompiler();
    const c = findProgram('cc') ?? findProgram('gcc') ?? findProgram('clang');
    if ('missing' in compiler || c === undefined) {
      throw new SetupFailure(
        name,
        'No C and C++ compiler was found on PATH',
        'Install one (Debian: apt install gcc g++) and start again',
      );
    }
    say('compiling it (about a minute)');
    await makeFolder(folder, async (temporary) => {
      await build(c, compiler.program, temporary);
      await writeJson(join(temporary, stampName), { recipe: await recipe(), files: [stampFile(temporary, output)] });
    });
  },
};

async function recipe() {
  const parts = [
    await readFile(inModules('better-sqlite3', 'package.json'), 'utf8'),
    await sqliteDefines(),
    napiDefines,
    await readFile(experimentalHeader, 'utf8'),
  ];
  return sha256(JSON.stringify(parts));
}

/** The options that better-sqlite3 compiles SQLite with, out of its own build file. */
async function sqliteDefines() {
  const text = await readFile(inModules('better-sqlite3', 'deps', 'defines.gypi'), 'utf8');
  return [...text.matchAll(/^\s+'([A-Z0-9_]+(?:=[^']+)?)',$/gm)].map((match) => `-D${match[1]}`);
}

/**
 * @param {string} c
 * @param {string} cxx
 * @param {string} into
 */
async function build(c, cxx, into) {
  const source = inModules('better-sqlite3');
  const sqlite = join(source, 'deps', 'sqlite3');
  const objects = join(into, 'objects');
  await mkdir(objects);
  const common = ['-O2', '-fPIC', '-DNDEBUG', '-c'];
  const includes = [sqlite, inModules('node-addon-api'), inModules('node-api-headers', 'include')].flatMap((path) => [
    '-I',
    path,
  ]);
  await Promise.all([
    compile(c, [
      ...common,
      '-std=c99',
      '-w',
      ...(await sqliteDefines()),
      join(sqlite, 'sqlite3.c'),
      '-o',
      join(objects, 'sqlite3.o'),
    ]),
    compile(cxx, [
      ...[...common, '-std=c++20', '-fvisibility=hidden', '-fvisibility-inlines-hidden'],
      ...[...napiDefines.map((define) => `-D${define}`), ...includes, '-include', experimentalHeader],
      ...[join(source, 'src', 'better_sqlite3.cpp'), '-o', join(objects, 'binding.o')],
    ]),
  ]);
  const link = ['-shared', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL'];
  await compile(cxx, [
    ...link,
    join(objects, 'binding.o'),
    join(objects, 'sqlite3.o'),
    '-ldl',
    '-o',
    join(into, output),
  ]);
  await rm(objects, { recursive: true });
}

/**
 * @param {string} program
 * @param {string[]} args
 */
async function compile(program, args) {
  const { code, output: said } = await runCommand(program, args);
  if (code === 0) return;
  const known = knownCause(said);
  throw new SetupFailure(
    name,
    `${known?.cause ?? 'better-sqlite3 could not be compiled'}:\n${tail(said)}\n`,
    known?.remedy ?? 'Install a current C++ compiler that knows C++20 and start again',
  );
}
