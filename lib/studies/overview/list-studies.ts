import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyState } from '../schema.ts';
import type { StudySummary } from './schema.ts';

interface Row {
  slug: string;
  revision: number;
  title: string;
  kind: 'video' | 'caption';
  state: StudyState;
  arms: number;
  prompts: number;
  questions: number;
  counted: bigint;
  wanted: bigint;
  counts_simulated: boolean;
  created_at: Date;
  opened_at: Date | null;
  closed_at: Date | null;
  archived_at: Date | null;
}

/** The newest revision of each study of a project, newest study first; archived ones apart. */
export async function listStudies(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { readonly project: string; readonly archived: boolean },
): Promise<{ studies: StudySummary[] }> {
  const project = await authorizeProject(platform, actor, input.project, 'project.read');
  const rows = await platform.database.$queryRaw<Row[]>`
    SELECT s.slug, s.revision, s.title, s.kind, s.state, s.created_at, s.opened_at, s.closed_at,
      s.archived_at,
      jsonb_array_length(s.spec->'arms') AS arms, jsonb_array_length(s.spec->'prompts') AS prompts,
      jsonb_array_length(s.spec->'questions') AS questions,
      coalesce(c.counted, 0) AS counted, coalesce(c.wanted, 0) AS wanted,
      s.count_simulated AND EXISTS (
        SELECT 1 FROM rater WHERE study_id = s.id AND origin = 'simulated'
      ) AS counts_simulated
    FROM (
      SELECT DISTINCT ON (slug) * FROM study WHERE project_id = ${project.id}
      ORDER BY slug, revision DESC
    ) s
    LEFT JOIN LATERAL (
      SELECT sum(counted) AS counted, sum(wanted) AS wanted FROM cell
      WHERE study_id = s.id AND kind = 'regular'
    ) c ON true
    WHERE (s.archived_at IS NOT NULL) = ${input.archived}
    ORDER BY s.created_at DESC, s.id DESC`;
  return {
    studies: rows.map((row) => ({
      slug: row.slug,
      revision: row.revision,
      title: row.title,
      kind: row.kind,
      state: row.state,
      isArchived: row.archived_at !== null,
      arms: row.arms,
      prompts: row.prompts,
      questions: row.questions,
      counted: Number(row.counted),
      wanted: Number(row.wanted),
      countsSimulated: row.counts_simulated,
      createdAt: row.created_at.toISOString(),
      openedAt: row.opened_at?.toISOString() ?? null,
      closedAt: row.closed_at?.toISOString() ?? null,
    })),
  };
}
