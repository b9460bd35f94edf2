/**
 * The failed tests of a suite's JSON report with the first line of their errors, a line each.
 * @param {string} suite
 * @param {any} report undefined where vitest wrote none
 * @returns {string[]}
 */
export function failuresOf(suite, report) {
  const lines = [];
  for (const file of report?.testResults ?? []) {
    const failed = file.assertionResults.filter((/** @type {any} */ { status }) => status === 'failed');
    for (const { fullName, failureMessages } of failed) lines.push(`${fullName}: ${firstLine(failureMessages?.[0])}`);
    if (file.status === 'failed' && failed.length === 0) lines.push(`${file.name}: ${firstLine(file.message)}`);
  }
  return lines.map((line) => `FAILED ${suite}: ${line}`);
}

/** @param {string | undefined} text */
function firstLine(text) {
  return (text ?? '').trim().split('\n')[0]?.slice(0, 300) ?? '';
}
