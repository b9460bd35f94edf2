import { dataSpecs } from '../specs/data.ts';
import { openElectron } from './shell.ts';

dataSpecs(openElectron);
