import { studySpecs } from '../specs/study.ts';
import { openWeb } from './shell.ts';

studySpecs(openWeb);
