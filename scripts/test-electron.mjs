import { runSteps } from './setup/runner.mjs';
import { stopOnFailure } from './setup/stop.mjs';
import { testElectron } from './testElectron/electron.mjs';
import { testSqlite } from './testElectron/sqlite.mjs';

await stopOnFailure(() => runSteps([testElectron, testSqlite], { all: true }));
