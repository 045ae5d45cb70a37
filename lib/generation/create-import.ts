import { isAbsolute } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { slugOf } from '#lib/accounts/slug.ts';
import { AppError } from '#lib/core/errors.ts';
import { readVersion } from '#lib/datasets/read-version.ts';
import { resolveWithin } from '#lib/platform/files/server-paths.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { getImport } from './get-import.ts';
import {
  type ImportDetail,
  type ImportSource,
  type NewImport,
  type StoredSource,
  storedSourceSchema,
} from './schema.ts';
import { expectCaptions } from './sources/draw-clips.ts';

/**
 * Creates an import, which then waits for its files or for `startImport`. Asking again with the same
 * name and source gives the same import.
 *
 * @throws AppError CONFLICT where the name belongs to an import of another source; FORBIDDEN or
 *   NOT_FOUND for a path on the server that the actor may not have read
 */
export async function createImport(
  platform: Pick<Platform, 'database' | 'environment'>,
  actor: Actor,
  input: NewImport & { project: string },
): Promise<ImportDetail> {
  const project = await authorizeProject(platform, actor, input.project, 'project.write');
  const asked = await settleSource(platform, actor, input);
  const stored: StoredSource = {
    source: asked,
    reach: actor.kind === 'system' ? 'any' : 'import-roots',
  };
  await checkPath(platform, stored);
  const slug = input.slug ?? slugOf(input.name, 'import');
  const where = { projectId_slug: { projectId: project.id, slug } };
  // Two that create the same import at once get the same one.
  await platform.database.videoImport.createMany({
    data: { projectId: project.id, slug, name: input.name, kind: input.kind, source: stored },
    skipDuplicates: true,
  });
  const row = await platform.database.videoImport.findUniqueOrThrow({ where });
  const { source } = storedSourceSchema.parse(row.source);
  if (row.kind !== input.kind || !isSameSource(source, asked))
    throw new AppError(
      'CONFLICT',
      `This project has an import named "${row.name}" of another source; choose another name.`,
      { field: 'name' },
    );
  // How the names are read may be chosen anew; it shows when the files are read again.
  if (!isDeepStrictEqual(source, asked))
    await platform.database.videoImport.update({ where, data: { source: stored } });
  return getImport(platform, actor, { project: input.project, import: slug });
}

/** The layout may change between runs: it is how the same files are read. */
function isSameSource(known: ImportSource, asked: ImportSource): boolean {
  return isDeepStrictEqual({ ...known, layout: null }, { ...asked, layout: null });
}

/** The source with what it leaves open: the version of a dataset, which then never changes. */
async function settleSource(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  { project, kind, source }: NewImport & { project: string },
): Promise<ImportSource> {
  if (source.kind !== 'clip-table') return source;
  if (kind !== 'caption')
    throw new AppError('BAD_INPUT', 'A clip table gives captions: choose the kind "caption".', {
      field: 'kind',
    });
  const version = await readVersion(platform, actor, { ...source, project });
  expectCaptions(version.columns, source.columns);
  return { ...source, version: version.number };
}

async function checkPath(
  platform: Pick<Platform, 'environment'>,
  { source, reach }: StoredSource,
): Promise<void> {
  if (source.kind === 'upload' || source.kind === 'clip-table') return;
  if (!isAbsolute(source.path))
    throw new AppError('BAD_INPUT', 'Write the whole path, such as /srv/videos/run-1.', {
      field: 'path',
    });
  await resolveWithin(
    source.path,
    reach === 'any'
      ? { kind: 'any' }
      : { kind: 'import-roots', roots: platform.environment.importRoots },
  );
}
