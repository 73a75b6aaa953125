/** What an integrity check found, as the admin API and `ecp integrity` tell it. */
import type { IntegrityCheck } from '../../storage/integrity/integrity-check.ts';
import type { ecp } from '../generated/admin.js';

export type IntegrityReport = ecp.admin.v1.IntegrityReport.$Properties;

export function integrityReport(check: IntegrityCheck): IntegrityReport {
  const { findings, databases, journal } = check;
  return {
    findings: findings.list.map((finding) => ({ ...finding })),
    errors: findings.errors,
    warnings: findings.warnings,
    databases: [...databases].map(([name, figures]) => ({ name, ...figures })),
    ...(journal && { journal: { ...journal } }),
  };
}
