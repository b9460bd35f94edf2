import { changesSpecs } from '../specs/changes.ts';
import { openWeb } from './shell.ts';

changesSpecs(openWeb);
