import type { HealthCheck, HealthFinding, RunHealth } from '../../contract/health.ts';
import { HEALTH_RULES } from './rules.ts';

/** What is said of a run as a whole: its worst fault of now, or what was looked at and found well. */
export function verdictOf(
  lastStep: number,
  findings: readonly HealthFinding[],
  checks: readonly HealthCheck[],
  hasNorms: boolean,
): Pick<RunHealth, 'verdict' | 'sentence'> {
  if (lastStep === 0) return { verdict: 'unknown', sentence: 'No step has been recorded yet' };
  const faults = findings.filter(({ fault }) => fault !== null);
  const worst = faults.find(({ holds }) => holds);
  if (worst?.fault != null) return { verdict: worst.fault, sentence: worst.sentence };
  const steps = `steps 1 to ${lastStep}`;
  const [past] = faults;
  if (past !== undefined) {
    const last = Math.max(...faults.map((fault) => fault.lastStep));
    return { verdict: 'recovered', sentence: `${past.sentence}. No rule has held since step ${last}, in ${steps}` };
  }
  if (!hasNorms) {
    return {
      verdict: 'unknown',
      sentence: 'The gradient norms of this run were not kept: its layers cannot be judged',
    };
  }
  const waiting = checks.filter(({ rule, needs }) => needs > lastStep && isFaultRule(rule));
  if (waiting.length === 0) return { verdict: 'healthy', sentence: `None of the rules held in ${steps}` };
  const most = Math.max(...waiting.map(({ needs }) => needs));
  return { verdict: 'unknown', sentence: `None of the rules held in ${steps}, but a verdict needs ${most}` };
}

/** A rule that only notes something is not waited for. */
function isFaultRule(rule: HealthCheck['rule']): boolean {
  return HEALTH_RULES.some(({ id, fault }) => id === rule && fault !== null);
}
