import { launchSpecs } from '../specs/launch.ts';
import { openElectron } from './shell.ts';

launchSpecs(openElectron);
