/**
 * What a start is asked to do.
 *
 * @typedef {{kind: 'window', args: readonly string[]} | {kind: 'web', args: readonly string[]} | {kind: 'command', args: readonly string[]}} Plan
 */

/**
 * `npm start` opens the window, `npm start -- --web` serves it, `npm start -- COMMAND ...` runs a command. Options alone,
 * such as `--db FILE`, belong to the window. `--command`, which `npm run depthlab` puts first, leaves the command line only.
 * @param {readonly string[]} argv
 * @returns {Plan}
 */
export function planStart(argv) {
  const [first, ...rest] = argv;
  if (first === '--command') return { kind: 'command', args: rest };
  if (argv.includes('--web')) return { kind: 'web', args: argv.filter((word) => word !== '--web') };
  const asksAbout = first !== undefined && ['--help', '-h', '--version', '-V'].includes(first);
  if (first === undefined || (first.startsWith('-') && !asksAbout)) return { kind: 'window', args: argv };
  return { kind: 'command', args: argv };
}
