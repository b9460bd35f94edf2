import { measurementSpecs } from '../specs/measurements.ts';
import { openElectron } from './shell.ts';

measurementSpecs(openElectron);
