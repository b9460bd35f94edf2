import { dataSpecs } from '../specs/data.ts';
import { openWeb } from './shell.ts';

dataSpecs(openWeb);
