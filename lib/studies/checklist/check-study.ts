import type { Actor } from '#lib/accounts/actor.ts';
import type { Transaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { countRenditions } from '../overview/count-progress.ts';
import { findSources, type Sources, sourceOf } from '../renditions/find-sources.ts';
import type { StudySpec, StudyState } from '../schema.ts';
import { type Difference, findDifferences, labelOf } from './differences.ts';
import { listItems } from './list-items.ts';
import type { Checklist, DifferenceView } from './schema.ts';

/** What is missing before a study can open, by name. */
export async function checkStudy(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: StudyAddress,
): Promise<Checklist> {
  const { row, spec } = await findStudy(platform, actor, address, 'project.read');
  return makeChecklist(platform.database, { ...row, spec });
}

/** The checklist as the database is now; the opening makes it again under the study's lock. */
export async function makeChecklist(
  database: Transaction,
  study: {
    readonly id: number;
    readonly projectId: number;
    readonly state: StudyState;
    readonly spec: StudySpec;
  },
): Promise<Checklist> {
  const { spec } = study;
  const sources = await findSources(database, study.projectId, spec);
  const rows = await database.rendition.findMany({
    where: { studyId: study.id },
    select: {
      take: true,
      state: true,
      reason: true,
      arm: { select: { position: true } },
      prompt: { select: { position: true } },
    },
  });
  const renditions = await countRenditions(database, study.id, spec);
  const differences = await viewDifferences(database, study.id, differencesOf(spec, sources));
  const items = listItems({
    spec,
    imports: sources.imports,
    refused: sources.refused,
    renditions: rows.map(({ arm, prompt, ...row }) => ({
      ...row,
      arm: arm.position,
      prompt: prompt.position,
    })),
    counts: renditions,
    differences,
  });
  return {
    canOpen: study.state === 'draft' && items.every((item) => item.severity === 'advice'),
    items,
    differencesBlock: spec.axis !== null,
    differences,
    renditions,
  };
}

/** In what the arms of a study differ beyond its axis. */
export function differencesOf(spec: StudySpec, sources: Sources): Difference[] {
  const byArm = Map.groupBy(sources.found, (source) => source.arm);
  const levels = new Map(spec.arms.map(({ name, level }) => [name, level]));
  return findDifferences(
    spec.arms.map((arm, position) => ({
      name: arm.name,
      // A replica stands at its original's level.
      level: arm.level ?? levels.get(arm.replicaOf ?? '') ?? null,
      hyperparameters: arm.hyperparameters,
      importSlug: sourceOf(spec, arm).import,
      videos: (byArm.get(position) ?? []).map((source) => source.facts),
    })),
    spec.axis,
  );
}

async function viewDifferences(
  database: Transaction,
  studyId: number,
  differences: readonly Difference[],
): Promise<DifferenceView[]> {
  const rows = await database.acknowledgement.findMany({ where: { studyId } });
  const userIds = rows.flatMap((row) => row.userId ?? []);
  const users = await database.user.findMany({
    where: { id: { in: userIds } },
    select: { id: true, name: true },
  });
  const names = new Map(users.map((user) => [user.id, user.name]));
  return differences.map((difference) => {
    const row = rows.find((one) => one.field === difference.field);
    return {
      field: difference.field,
      label: labelOf(difference.field),
      values: difference.values.map(({ value, arms }) => ({ value, arms: [...arms] })),
      acknowledgement: row
        ? {
            reason: row.reason,
            by: (row.userId && names.get(row.userId)) ?? null,
            at: row.createdAt.toISOString(),
            isCurrent: sameValues(row.values, difference.values),
          }
        : null,
    };
  });
}

/** PostgreSQL keeps the keys of JSON objects in its own order, so texts can't be compared. */
function sameValues(stored: unknown, values: Difference['values']): boolean {
  return (
    Array.isArray(stored) &&
    JSON.stringify(stored.map((entry) => [entry.value, entry.arms])) ===
      JSON.stringify(values.map((entry) => [entry.value, entry.arms]))
  );
}
