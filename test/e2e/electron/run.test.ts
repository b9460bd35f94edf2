import { runSpecs } from '../specs/run.ts';
import { openElectron } from './shell.ts';

runSpecs(openElectron);
