import { compareSpecs } from '../specs/compare.ts';
import { openWeb } from './shell.ts';

compareSpecs(openWeb);
