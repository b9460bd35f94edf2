import { changesSpecs } from '../specs/changes.ts';
import { openElectron } from './shell.ts';

changesSpecs(openElectron);
