import { runSpecs } from '../specs/run.ts';
import { openWeb } from './shell.ts';

runSpecs(openWeb);
