import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../setup/paths.mjs';

const results = inRoot('docs', 'results');
const home = mkdtempSync(join(tmpdir(), 'depthlab-results-'));
// Opened where it lies, it would get a lock and a ballast beside it, and the newest format.
const database = join(home, 'digits.db');
copyFileSync(join(results, 'digits.db'), database);

try {
  depthlab('study', 'report', '1', '--out', join(results, 'report.md'), '--force');
  chart('accuracy', 'depth', 'testAccuracy');
  chart('difference', 'difference', 'testAccuracy');
  chart('loss', 'depth', 'testLoss');
} finally {
  rmSync(home, { recursive: true, force: true });
}

/**
 * @param {string} name
 * @param {'depth' | 'difference'} kind
 * @param {import('../../src/contract/study.ts').TableMetric} metric
 */
function chart(name, kind, metric) {
  depthlab('chart', kind, '1', '--metric', metric, '--out', join(results, `${name}.svg`), '--force');
}

/** @param {string[]} words */
function depthlab(...words) {
  execFileSync(process.execPath, [inRoot('out', 'main', 'cli.js'), ...words, '--db', database], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEPTHLAB_HOME: home, XDG_RUNTIME_DIR: home },
  });
}
