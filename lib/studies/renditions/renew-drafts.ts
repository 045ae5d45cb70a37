import type { Platform } from '#lib/platform/platform.ts';
import { renderStudyJob } from '../jobs.ts';

/** Asks for the videos of every draft that takes some from this import, once the import has ended. */
export async function renewDrafts(
  platform: Pick<Platform, 'database' | 'queue'>,
  importId: number,
): Promise<void> {
  const drafts = await platform.database.$queryRaw<{ id: number }[]>`
    SELECT s.id FROM study s JOIN video_import i ON i.project_id = s.project_id
    WHERE i.id = ${importId} AND s.state = 'draft'
      AND (s.spec->>'import' = i.slug
        OR s.spec->'arms' @> jsonb_build_array(
          jsonb_build_object('source', jsonb_build_object('import', i.slug))))`;
  for (const { id } of drafts)
    await platform.queue.enqueue(renderStudyJob, { studyId: id }, { singletonKey: String(id) });
}
