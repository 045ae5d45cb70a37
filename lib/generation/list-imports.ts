import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { readCursor } from '#lib/core/row-cursor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { ImportSummary } from './schema.ts';

/**
 * The imports of a project, newest first, a page at a time.
 *
 * @throws AppError NOT_FOUND, or BAD_INPUT for a cursor that no answer gave
 */
export async function listImports(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { project: string; cursor?: string | undefined; limit: number },
): Promise<{ imports: ImportSummary[]; nextCursor: string | null }> {
  const project = await authorizeProject(platform, actor, input.project, 'project.read');
  const before = readCursor(input.cursor);
  const rows = await platform.database.videoImport.findMany({
    where: { projectId: project.id, ...(before === null ? {} : { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const counts = await platform.database.video.groupBy({
    by: ['importId', 'state'],
    where: { importId: { in: page.map((row) => row.id) } },
    _count: true,
  });
  const countOf = (importId: number, state?: string) =>
    counts
      .filter((c) => c.importId === importId && (state === undefined || c.state === state))
      .reduce((sum, c) => sum + c._count, 0);
  return {
    imports: page.map((row) => ({
      slug: row.slug,
      name: row.name,
      kind: row.kind,
      state: row.state,
      expected: countOf(row.id),
      accepted: countOf(row.id, 'accepted'),
      refused: countOf(row.id, 'refused'),
      createdAt: row.createdAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
    })),
    nextCursor: rows.length > input.limit ? String(page.at(-1)?.id) : null,
  };
}
