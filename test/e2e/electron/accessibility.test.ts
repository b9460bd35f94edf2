import { accessibilitySpecs } from '../specs/accessibility.ts';
import { openElectron } from './shell.ts';

accessibilitySpecs(openElectron);
