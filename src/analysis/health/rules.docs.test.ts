import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HEALTH_RULES } from './rules.ts';

/** The page without line breaks. */
const page = readFileSync(join(import.meta.dirname, '../../../docs/user-guide/health.md'), 'utf8').replace(/\s+/g, ' ');

describe('docs/user-guide/health.md', () => {
  it.each(HEALTH_RULES.map((rule) => [rule.title, rule] as const))('has the rule %s as the code has it', (_, rule) => {
    expect(page).toContain(`### ${rule.title} ${rule.statement}. _Rests on:_ ${rule.reason}.`);
  });

  it('has no other rule', () => {
    const part = page.slice(page.indexOf('## The rules'), page.indexOf('## What they were tried on'));
    expect(part.match(/### /g)).toHaveLength(HEALTH_RULES.length);
  });
});
