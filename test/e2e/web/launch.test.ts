import { launchSpecs } from '../specs/launch.ts';
import { openWeb } from './shell.ts';

launchSpecs(openWeb);
