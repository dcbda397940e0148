import { join } from 'node:path';
import { milliseconds } from '../documents/duration.ts';
import type { Files } from '../effects/effects.ts';
import type { Finding, Measurement } from '../report/report.ts';
import { NotMeasured } from './not-measured.ts';
import type { VulnerabilityPolicy } from './policy.ts';
import { vulnerabilityRules } from './rules.ts';

/** A vulnerability database of Trivy that is ready to use. */
export interface Database {
  /** Folder of Trivy's cache; the database lies in `db/` below it. */
  readonly cache: string;
  readonly updatedAt: Date;
  /** URI of where it came from; absent when the user gave it. */
  readonly source?: string;
}

/** Schema version that Trivy 0.74 reads (aquasecurity/trivy-db, db.SchemaVersion). */
export const databaseVersion = 2;

const maxMetadataBytes = 64 * 1024;
const hour = 3_600_000;
/** Clocks of machines differ a little; a database from further ahead would stay fresh for ever. */
const clockTolerance = hour;

/**
 * Reads what a database says about itself.
 * @throws NotMeasured when it is not there, or does not say how old it is
 */
export async function readDatabase(cache: string, files: Files, now: Date): Promise<Database> {
  for (const file of ['trivy.db', 'metadata.json']) {
    if ((await files.kind(join(cache, 'db', file))) !== 'file')
      throw new NotMeasured(vulnerabilityRules.databaseMissing, `The vulnerability database has no db/${file}.`);
  }
  const { Version, UpdatedAt } = await readMetadata(join(cache, 'db', 'metadata.json'), files);
  const unreadable = (reason: string): NotMeasured =>
    new NotMeasured(
      vulnerabilityRules.databaseUnreadable,
      `The metadata.json of the vulnerability database ${reason}.`,
    );
  if (Version !== databaseVersion) throw unreadable(`does not say schema version ${databaseVersion}`);
  const updatedAt = new Date(typeof UpdatedAt === 'string' ? UpdatedAt : NaN);
  if (Number.isNaN(updatedAt.getTime())) throw unreadable('does not say when the database was made');
  if (updatedAt.getTime() > now.getTime() + clockTolerance) throw unreadable('says that it was made in the future');
  return { cache, updatedAt };
}

async function readMetadata(path: string, files: Files): Promise<{ Version?: unknown; UpdatedAt?: unknown }> {
  try {
    return (JSON.parse(await files.readText(path, maxMetadataBytes)) ?? {}) as object;
  } catch {
    return {};
  }
}

/** Holds the age of the database against the policy. */
export function checkAge(database: Database, now: Date, policy: VulnerabilityPolicy): Finding[] {
  const age = ageInHours(database, now);
  const limit = limitInHours(policy);
  if (age <= limit) return [];
  return [
    {
      rule: vulnerabilityRules.databaseStale,
      message: `The vulnerability database was made on ${database.updatedAt.toISOString()}, ${age} hours ago; the policy allows ${policy['max-database-age']}.`,
    },
  ];
}

export function ageMeasurement(database: Database, now: Date, policy: VulnerabilityPolicy): Measurement {
  return {
    name: 'age of the vulnerability database',
    value: ageInHours(database, now),
    unit: 'h',
    limit: { atMost: limitInHours(policy) },
  };
}

function limitInHours(policy: VulnerabilityPolicy): number {
  return milliseconds(policy['max-database-age']) / hour;
}

/** Rounded up to a tenth, so that a rounded age never hides a crossed limit. */
export function ageInHours({ updatedAt }: Database, now: Date): number {
  return Math.ceil(Math.max(0, now.getTime() - updatedAt.getTime()) / (hour / 10)) / 10;
}
