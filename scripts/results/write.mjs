import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { depthChart } from '../../src/charts/depthChart.ts';
import { differenceChart } from '../../src/charts/differenceChart.ts';
import { svgText } from '../../src/charts/svgText.ts';
import { chartTheme } from '../../src/charts/theme.ts';
import { inRoot } from '../setup/paths.mjs';

const results = inRoot('docs', 'results');
const size = { width: 760, height: 340 };
const theme = chartTheme(() => '');
const home = mkdtempSync(join(tmpdir(), 'depthlab-results-'));
// Opened where it lies, it would get a lock and a ballast beside it.
const database = join(home, 'digits.db');
copyFileSync(join(results, 'digits.db'), database);

try {
  writeFileSync(join(results, 'report.md'), depthlab('study', 'report', '1'));
  const accuracy = table('testAccuracy');
  draw('accuracy', depthChart({ table: accuracy, theme }), 'Test accuracy of the digits against depth');
  draw('difference', differenceChart({ table: accuracy, theme }), 'Paired differences in test accuracy');
  draw('loss', depthChart({ table: table('testLoss'), theme }), 'Test loss of the digits against depth');
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** @param {import('../../src/contract/study.ts').TableMetric} metric */
function table(metric) {
  return /** @type {import('../../src/contract/study.ts').StudyTable} */ (
    JSON.parse(depthlab('study', 'show', '1', '--metric', metric, '--json'))
  );
}

/** @param {string[]} words */
function depthlab(...words) {
  return execFileSync(process.execPath, [inRoot('out', 'main', 'cli.js'), ...words, '--db', database], {
    encoding: 'utf8',
    env: { ...process.env, DEPTHLAB_HOME: home, XDG_RUNTIME_DIR: home },
  });
}

/**
 * @param {string} name
 * @param {import('../../src/charts/chart.ts').Chart} chart
 * @param {string} title
 */
function draw(name, chart, title) {
  writeFileSync(join(results, `${name}.svg`), svgText({ ...chart.option, ...chart.axes(chart.home) }, size, title));
}
