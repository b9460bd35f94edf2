import { app } from 'electron';
import { resolve } from 'node:path';
import { startApplication, type InstanceData } from './application.ts';
import { databaseFileOf } from './databaseOption.ts';
import { registerPageScheme } from './protocol.ts';

registerPageScheme();
// A data folder of one's own holds everything, the window's place and caches included.
const home = process.env['DEPTHLAB_HOME'];
if (home) app.setPath('userData', resolve(home, 'window'));
// A container's test launcher, running as root, has to give the sandbox up; nothing else does.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

const databaseFile = databaseFileOf(process.argv);
if (app.requestSingleInstanceLock({ databaseFile } satisfies InstanceData)) {
  void app.whenReady().then(() => startApplication(databaseFile));
} else {
  app.quit();
}
