import { firstStartSpecs } from '../specs/firstStart.ts';
import { openElectron } from './shell.ts';

firstStartSpecs(openElectron);
