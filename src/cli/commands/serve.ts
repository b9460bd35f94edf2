import type { Command } from 'commander';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { UserError } from '../../contract/errors.ts';
import { openLasting } from '../../host/lasting.ts';
import { startWebHost, type WebHost } from '../../server/webHost.ts';
import { onInterrupt } from '../interrupt.ts';
import { print, printJson } from '../output.ts';
import { addCommonOptions, hostOptions, PAGE_FOLDER, type CommonOptions } from '../session.ts';
import { port } from '../values.ts';

interface ServeOptions extends CommonOptions {
  readonly port: number;
  readonly open?: boolean;
}

const EXAMPLES = `
Examples:
  depthlab serve
  depthlab serve --open --port 8090

The address holds a one-time code: it opens the application in one browser tab, which then stays signed in, reloads
included, until the tab is closed or this command ends. Press Enter to print another address for another tab.`;

export function addServeCommand(program: Command): void {
  addCommonOptions(
    program
      .command('serve')
      .description('serve the application to a browser on this machine, at 127.0.0.1')
      .option('--port <n>', 'port (default: a free one)', port, 0)
      .option('--open', 'open the browser')
      .addHelpText('after', EXAMPLES)
      .action(serve),
  );
}

async function serve(options: ServeOptions): Promise<void> {
  let end: (error?: unknown) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(UserError.from(error)));
  });
  const host = hostOptions(options, 'web');
  const application = await openLasting(host, { onOpened: () => undefined, onLost: (error) => end(error) });
  try {
    const web = await startWebHost({
      pageFolder: PAGE_FOLDER,
      port: options.port,
      onClient: application.serveClient,
    });
    const stopOffering = offer(web, options, host.databaseFile);
    onInterrupt(() => {
      process.stderr.write('Ending: a run that trains writes its checkpoint first. Ctrl-C again ends at once.\n');
      end();
    });
    await ended;
    stopOffering();
    await web.close();
  } finally {
    await application.close();
  }
}

/** Prints the address, opens it where asked to, and prints another one for each Enter on a terminal. */
function offer(web: WebHost, options: ServeOptions, databaseFile: string): () => void {
  const address = web.newAddress();
  if (options.json) printJson({ address, port: web.port, databaseFile });
  else print(`Depthlab is at ${address}`);
  if (options.open) openBrowser(address);
  if (!process.stdin.isTTY) return () => undefined;
  const lines = createInterface({ input: process.stdin });
  process.stderr.write('Press Enter for another address, Ctrl-C to end.\n');
  lines.on('line', () => process.stderr.write(`Depthlab is at ${web.newAddress()}\n`));
  return () => lines.close();
}

/** Opens the address with the platform's own opener; where there is none, the printed address has to do. */
function openBrowser(address: string): void {
  const [command, ...arguments_] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : ['xdg-open', address];
  const opener = spawn(command, arguments_, { stdio: 'ignore', detached: true });
  opener.on('error', () => undefined);
  opener.unref();
}
