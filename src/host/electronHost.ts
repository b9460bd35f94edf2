import { UserError } from '../contract/errors.ts';
import { messagePortChannel, type EmitterPort } from '../link/messagePort.ts';
import type { ToClient } from '../link/wire.ts';
import type { Application } from './application.ts';
import type { FromHostProcess, ToHostProcess } from './electronMessages.ts';
import { openLasting, type LastingApplication } from './lasting.ts';
import type { HostOptions } from './options.ts';
import { createPickedPaths } from './pickedPaths.ts';
import { watchActivity } from './activity.ts';
import { createParentPortLauncher } from './parentPortLauncher.ts';

/** Electron's `process.parentPort`, as far as it is used here. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: ToHostProcess; ports: EmitterPort[] }) => void): unknown;
  postMessage(message: FromHostProcess): void;
}

const { parentPort } = process as unknown as { parentPort: ParentPort };
const ask = (message: FromHostProcess) => parentPort.postMessage(message);
const launcher = createParentPortLauncher(ask);
const picked = createPickedPaths();
let opening: Promise<LastingApplication | null> | null = null;

parentPort.on('message', ({ data: message, ports }) => {
  if (launcher.take(message, ports)) return;
  if (message.type === 'picked') return picked.add(message);
  if (message.type === 'open') opening = open(message);
  else if (message.type === 'client') void admit(ports[0]!);
  else if (message.type === 'close') void close();
});

const refuse = (error: unknown) => ask({ type: 'refused', error: UserError.from(error).toData() });

function announce({ api, host, role }: Application): void {
  // What a file says that is only read trained there, or trains elsewhere.
  if (role !== 'reader') {
    watchActivity(api, {
      onProgress: (progress) => ask({ type: 'progress', progress }),
      onNews: (news) => ask({ type: 'news', news }),
    });
  }
  host?.onBusyChange(() => ask({ type: 'busy', runs: host.busyRuns() }), new AbortController().signal);
  ask({ type: 'opened' });
}

async function open(message: Extract<ToHostProcess, { type: 'open' }>): Promise<LastingApplication | null> {
  const options: HostOptions = {
    databaseFile: message.databaseFile,
    resourcesFolder: message.resourcesFolder,
    launcher,
    shell: 'electron',
    capabilities: { saveDialog: true, showInFolder: true, pickFiles: true },
    pickedPath: picked.pathOf,
    showFile: (file) => ask({ type: 'showFile', file }),
  };
  try {
    return await openLasting(options, { onOpened: announce, onLost: refuse });
  } catch (error) {
    refuse(error);
    return null;
  }
}

async function admit(port: EmitterPort): Promise<void> {
  const application = await opening;
  application?.serveClient(messagePortChannel<unknown, ToClient>(port));
}

async function close(): Promise<void> {
  const application = await opening;
  await application?.close();
  ask({ type: 'closed' });
  process.exit(0);
}
