import { binSpecs } from '../specs/bin.ts';
import { openWeb } from './shell.ts';

binSpecs(openWeb);
