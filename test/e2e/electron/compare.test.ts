import { compareSpecs } from '../specs/compare.ts';
import { openElectron } from './shell.ts';

compareSpecs(openElectron);
