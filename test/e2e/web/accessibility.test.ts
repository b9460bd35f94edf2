import { accessibilitySpecs } from '../specs/accessibility.ts';
import { openWeb } from './shell.ts';

accessibilitySpecs(openWeb);
