import { tableSpecs } from '../specs/tables.ts';
import { openWeb } from './shell.ts';

tableSpecs(openWeb);
