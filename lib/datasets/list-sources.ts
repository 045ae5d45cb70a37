import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { UPLOAD_LIMIT_BYTES } from './add-upload.ts';

/** Where a table may be read from: folders of the server, buckets, and how large an upload may be. */
export async function listSources(
  platform: Pick<Platform, 'database' | 'environment'>,
  actor: Actor,
  input: { project: string },
): Promise<{ importRoots: string[]; importBuckets: string[]; maxUploadBytes: number }> {
  await authorizeProject(platform, actor, input.project, 'project.read');
  const { importRoots, importBuckets } = platform.environment;
  return {
    importRoots: [...importRoots],
    importBuckets: [...importBuckets],
    maxUploadBytes: UPLOAD_LIMIT_BYTES,
  };
}
