import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { MAX_FILE_BYTES } from './sources/open-file-set.ts';

/** Where an import may take its files from: the folders of the server, and how large an upload is. */
export async function listImportSources(
  platform: Pick<Platform, 'database' | 'environment'>,
  actor: Actor,
  project: string,
): Promise<{ importRoots: string[]; maxUploadBytes: number }> {
  await authorizeProject(platform, actor, project, 'project.read');
  return { importRoots: [...platform.environment.importRoots], maxUploadBytes: MAX_FILE_BYTES };
}
