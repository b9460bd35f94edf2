import { studySpecs } from '../specs/study.ts';
import { openElectron } from './shell.ts';

studySpecs(openElectron);
