import { tableSpecs } from '../specs/tables.ts';
import { openElectron } from './shell.ts';

tableSpecs(openElectron);
