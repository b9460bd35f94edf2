import type { ApplicationInfo } from '../contract/application.ts';
import type { TrainerLauncher } from './launcher.ts';

/** All that a shell brings to the host. */
export interface HostOptions {
  readonly databaseFile: string;
  /** Embedded data sets and published reference figures. */
  readonly resourcesFolder: string;
  readonly launcher: TrainerLauncher;
  readonly shell: ApplicationInfo['shell'];
  readonly capabilities: ApplicationInfo['capabilities'];
  /** Shows a file in the platform's file manager; called only where `capabilities.showInFolder` is true. */
  readonly showFile: (file: string) => void;
}
