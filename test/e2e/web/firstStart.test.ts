import { firstStartSpecs } from '../specs/firstStart.ts';
import { openWeb } from './shell.ts';

firstStartSpecs(openWeb);
