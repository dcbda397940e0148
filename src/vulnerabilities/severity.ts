/** Trivy's ratings, worst first (aquasecurity/trivy-db, types.Severity). `unknown`: nobody has rated it yet. */
export const severities = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
export type Severity = (typeof severities)[number];
