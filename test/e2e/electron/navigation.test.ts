import { navigationSpecs } from '../specs/navigation.ts';
import { openElectron } from './shell.ts';

navigationSpecs(openElectron);
