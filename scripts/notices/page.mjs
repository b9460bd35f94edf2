import { readJson } from '../setup/files.mjs';
import { inModules } from '../setup/paths.mjs';
import { runtimePins } from '../setup/tensorflow/pins.mjs';

/** @typedef {import('./packages.mjs').Notice} Notice */

/**
 * @param {readonly Notice[]} packages
 * @returns {string}
 */
export function noticesPage(packages) {
  const texts = byText(packages);
  return [
    '# Third-party notices',
    '',
    'Made by `npm run notices` from the installed packages; `npm run notices -- --check` says whether it is current.',
    '',
    ...largeParts(),
    `## ${packages.length} packages`,
    '',
    '| Package | Version | Licence |',
    '|---|---|---|',
    ...packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`),
    '',
    'Packages under Apache-2.0 that carry no text of it are under the text in [LICENSE](LICENSE).',
    '',
    '## Licence texts',
    '',
    ...texts.flatMap(({ names, text }) => [`### ${names.join(', ')}`, '', '```text', text, '```', '']),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

/** What is not an npm package, or is one only as a wrapping. */
function largeParts() {
  const tensorflow = runtimePins['cpu']?.['linux-x64']?.version;
  const electron = readJson(inModules('electron', 'package.json')).version;
  return [
    '## Data',
    '',
    '**Optical Recognition of Handwritten Digits** (in `resources/`): E. Alpaydin and C. Kaynak, UCI Machine Learning',
    'Repository, 1998, https://doi.org/10.24432/C50P49, licensed under the Creative Commons Attribution 4.0 International',
    'licence, https://creativecommons.org/licenses/by/4.0/. The 1,797 images are the ones that scikit-learn (BSD-3-Clause)',
    'distributes.',
    '',
    '## Runtimes that set-up fetches',
    '',
    'They are no part of this repository; each brings its own notices along.',
    '',
    '| Runtime | Version | Licence |',
    '|---|---|---|',
    `| TensorFlow (C library) | ${tensorflow} | Apache-2.0, Copyright The TensorFlow Authors |`,
    `| Electron, with Chromium and Node.js | ${electron} | MIT; Chromium's notices are in its LICENSES.chromium.html |`,
    '| image and zune-jpeg (Rust), in @julusian/image-rs | 0.25.10, 0.5.15 | MIT or Apache-2.0; zune-jpeg also Zlib |',
    '| libvips with its image codecs, in sharp | see `@img/sharp-libvips-*` | LGPL-3.0-or-later, linked as a shared library of its own; its THIRD-PARTY-NOTICES.md names what it contains |',
    '| Node.js | 24 (macOS: 26) | MIT; its LICENSE names what it contains |',
    '| SQLite, in better-sqlite3 | 3.54 | public domain |',
    '',
  ];
}

/**
 * Equal texts stand once, under the names of all their packages.
 * @param {readonly Notice[]} packages
 */
function byText(packages) {
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const { name, texts } of packages) {
    for (const text of texts) {
      const known = names.get(text) ?? [];
      if (!known.includes(name)) names.set(text, [...known, name]);
    }
  }
  return [...names].map(([text, list]) => ({ names: list, text: text.replaceAll('```', "'''") }));
}
