import type { Channel } from '../link/channel.ts';
import type { ToClient } from '../link/wire.ts';
import { openApplication, type Application } from './application.ts';
import type { HostOptions } from './options.ts';

/** An application for shells that outlive the owner they are a client of. */
export interface LastingApplication {
  serveClient(channel: Channel<unknown, ToClient>): void;
  close(): Promise<void>;
}

export interface LastingEvents {
  /** The database is open, at first or again: what was connected before is not any more. */
  readonly onOpened: (application: Application) => void;
  /** It could not be opened again. */
  readonly onLost: (error: unknown) => void;
}

/**
 * Opens a database and keeps it open: where another application owns it and ends, this process becomes its owner, or a
 * client of the next one. Rejects where the first opening fails.
 */
export async function openLasting(options: HostOptions, events: LastingEvents): Promise<LastingApplication> {
  let closed = false;
  let current: Promise<Application>;

  const open = async (): Promise<Application> => {
    const application = await openApplication(options);
    application.onClosed(() => {
      if (closed) return;
      current = open();
      current.catch(events.onLost);
    });
    events.onOpened(application);
    return application;
  };

  current = open();
  await current;
  return {
    serveClient: (channel) => void current.then((application) => application.serveClient(channel), channel.close),
    close: async () => {
      closed = true;
      const application = await current;
      await application.close();
    },
  };
}
