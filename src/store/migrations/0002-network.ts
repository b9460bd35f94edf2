import type { Migration } from '../migrate.ts';

/**
 * The whole network of a run as JSON, with the family and the variants that version, depth and block do not tell. NULL for
 * runs of format 1: CIFAR family, units as in the papers.
 */
export const network: Migration = { version: 2, sql: `ALTER TABLE runs ADD COLUMN network TEXT;` };
