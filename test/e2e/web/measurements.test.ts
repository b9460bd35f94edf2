import { measurementSpecs } from '../specs/measurements.ts';
import { openWeb } from './shell.ts';

measurementSpecs(openWeb);
