import { parseArgs } from 'node:util';
import { build } from './setup/build.mjs';
import { forgetElectronRefusal } from './setup/electron.mjs';
import { setUp } from './setup/setUp.mjs';
import { runSteps } from './setup/runner.mjs';
import { stopOnFailure } from './setup/stop.mjs';

const usage = `npm run setup -- [--repair] [--build]

Installs what Depthlab needs into this folder: packages, Node, TensorFlow, SQLite, and the built application.
Steps that are in place are left alone.

  --repair   install every step anew
  --build    build the application again and nothing else
`;

const { values } = parseArgs({
  options: { repair: { type: 'boolean' }, build: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});

if (values.help) process.stdout.write(usage);
else
  await stopOnFailure(async () => {
    if (values.build) return runSteps([build], { all: true, repair: true });
    await forgetElectronRefusal();
    await setUp({ all: true, repair: values.repair ?? false });
  });
