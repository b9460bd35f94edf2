import { runCommand, tail } from './command.mjs';
import { SetupFailure } from './failure.mjs';
import { readJson, sha256, writeJson } from './files.mjs';
import { checkSqlite, look, nativeTarget } from './integrity.mjs';
import { requireNode } from './node.mjs';
import { inCache, inModules, root } from './paths.mjs';
import { oldestSqlite } from './sqlitePins.mjs';

const name = 'SQLite';
const proofFile = () => inCache('setup', 'sqlite.json');
const repair = 'Run "npm run setup -- --repair", which fetches the packages anew, and start again';

const program = `
  const Database = require('better-sqlite3');
  const database = new Database(':memory:');
  process.stdout.write(database.prepare('SELECT sqlite_version()').pluck().get());
`;

/** @type {import('./step.mjs').Step} */
export const sqlite = {
  name,
  async check() {
    const key = proofKey();
    return key !== undefined && readJson(proofFile())?.proven === key;
  },
  async install() {
    try {
      checkSqlite(inModules('better-sqlite3'));
    } catch (error) {
      throw new SetupFailure(
        name,
        error instanceof Error ? (error.message.split(' Run ')[0] ?? '') : String(error),
        repair,
      );
    }
    const { code, stdout, output } = await runCommand(requireNode(name), ['-e', program], { cwd: root });
    if (code !== 0) throw new SetupFailure(name, `better-sqlite3 does not load here: ${tail(output, 3)}`, repair);
    if (isOlder(stdout, oldestSqlite)) {
      throw new SetupFailure(
        name,
        `better-sqlite3 carries SQLite ${stdout}; releases before ${oldestSqlite} can lose confirmed rows`,
        repair,
      );
    }
    await writeJson(proofFile(), { proven: proofKey(), version: stdout });
  },
};

function proofKey() {
  const seen = look(inModules('better-sqlite3', 'prebuilds', `${nativeTarget()}.node`));
  return seen && sha256(JSON.stringify([seen, requireNode(name)]));
}

/**
 * @param {string} version
 * @param {string} oldest
 */
export function isOlder(version, oldest) {
  const [ours, theirs] = [version, oldest].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (ours?.[i] ?? 0) - (theirs?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
