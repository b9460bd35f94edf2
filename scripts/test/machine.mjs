import { dirname } from 'node:path';
import { findProgram, runCommand, tail } from '../setup/command.mjs';
import { provideElectron } from '../setup/electron.mjs';
import { SetupFailure } from '../setup/failure.mjs';
import { isFile } from '../setup/files.mjs';
import { requireNode } from '../setup/node.mjs';
import { root } from '../setup/paths.mjs';
import { runSteps } from '../setup/runner.mjs';
import { hasDisplay } from '../start/display.mjs';
import { testElectron, testElectronBinary } from '../testElectron/electron.mjs';
import { testSqlite, testSqliteBinding } from '../testElectron/sqlite.mjs';

/** @typedef {import('./suites.mjs').Readiness} Readiness */

/** What Electron and Chromium link to; a desktop has them, a server does not. */
const electronLibraries =
  'xvfb xauth libgtk-3-0 libnss3 libasound2 libgbm1 libxss1 libatk-bridge2.0-0 libcups2 libdrm2 libxkbcommon0 libxtst6 libatspi2.0-0 libsecret-1-0 fonts-dejavu-core';

/**
 * A Chromium for the tests in a real browser: DEPTHLAB_CHROMIUM, the system's, or Playwright's own.
 * @returns {Promise<Readiness>}
 */
export async function browserEnvironment() {
  const given = process.env['DEPTHLAB_CHROMIUM'];
  if (given !== undefined && given !== '') {
    return isFile(given)
      ? { env: { DEPTHLAB_CHROMIUM: given } }
      : { missing: `DEPTHLAB_CHROMIUM names no file (${given})`, remedy: 'unset DEPTHLAB_CHROMIUM' };
  }
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const program = findProgram(name);
    if (program !== undefined) return { env: { DEPTHLAB_CHROMIUM: program } };
  }
  const ask = "process.stdout.write(require('playwright').chromium.executablePath())";
  const { stdout } = await runCommand(requireNode('Browser'), ['-e', ask], { cwd: root });
  if (isFile(stdout)) return { env: { DEPTHLAB_CHROMIUM: stdout } };
  const debian = findProgram('apt-get') !== undefined;
  return {
    missing: 'no Chromium was found',
    remedy: debian ? 'sudo apt-get install -y chromium' : 'npx playwright install chromium',
  };
}

/** The smallest set of Debian's packages that has pdfLaTeX with booktabs, longtable, siunitx 3 and pgfplots. */
const latexPackages = 'texlive-latex-recommended texlive-science texlive-pictures';

/**
 * A real LaTeX that has what the exports name.
 * @returns {Promise<Readiness>}
 */
export async function latexEnvironment() {
  const remedy = `sudo apt-get install -y --no-install-recommends ${latexPackages}`;
  if (findProgram('pdflatex') === undefined) return { missing: 'there is no pdflatex', remedy };
  const files = ['booktabs.sty', 'longtable.sty', 'siunitx.sty', 'pgfplots.sty', 'geometry.sty'];
  const { code } = await runCommand('kpsewhich', files, { cwd: root });
  return code === 0 ? { env: {} } : { missing: `LaTeX has not all of ${files.join(', ')}`, remedy };
}

/**
 * A real Electron and a display for it: the official one where it can be had, else the one that the tests have of their
 * own; the machine's display, else a virtual one.
 * @returns {Promise<Readiness>}
 */
export async function electronEnvironment() {
  const display = await hasDisplay();
  const virtual = findProgram('xvfb-run');
  if (!display && virtual === undefined) {
    return { missing: 'there is no display and no xvfb-run', remedy: `sudo apt-get install -y ${electronLibraries}` };
  }
  const electron = await chooseElectron();
  if ('missing' in electron) return electron;
  const { code, output } = await runCommand(electron.binary, ['--version'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (code !== 0) {
    return {
      missing: `Electron does not start (${tail(output, 1)})`,
      remedy: `sudo apt-get install -y ${electronLibraries}`,
    };
  }
  const env = {
    ...electron.env,
    DEPTHLAB_ELECTRON: electron.binary,
    ELECTRON_OVERRIDE_DIST_PATH: dirname(electron.binary),
  };
  return display ? { env } : { env, wrapper: [virtual ?? 'xvfb-run', '-a'] };
}

/** @returns {Promise<{binary: string, env: Record<string, string>} | {missing: string, remedy: string}>} */
async function chooseElectron() {
  const say = (/** @type {string} */ line) => void process.stderr.write(`Electron: ${line}\n`);
  const official = await provideElectron(say);
  if ('binary' in official) return { binary: official.binary, env: {} };
  try {
    await runSteps([testElectron, testSqlite]);
    return { binary: testElectronBinary, env: { DEPTHLAB_SQLITE_BINDING: testSqliteBinding } };
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    return { missing: `${official.missing}; ${error.why}`, remedy: 'npm run test-electron' };
  }
}
