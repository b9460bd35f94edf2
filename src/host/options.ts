import type { ApplicationInfo } from '../contract/application.ts';
import type { Launcher } from './launcher.ts';

/** All that a shell brings to the host. */
export interface HostOptions {
  readonly databaseFile: string;
  /** Opens it for reading only, where it could be changed too. */
  readonly isReadOnly?: boolean;
  /** Embedded data sets and published reference figures. */
  readonly resourcesFolder: string;
  readonly launcher: Launcher;
  readonly shell: ApplicationInfo['shell'];
  readonly capabilities: ApplicationInfo['capabilities'];
  /** The file or folder that the user chose or dropped under this handle; null where there is none. */
  readonly pickedPath: (handle: string) => Promise<string | null>;
  /** Shows a file in the platform's file manager; called only where `capabilities.showInFolder` is true. */
  readonly showFile: (file: string) => void;
}
