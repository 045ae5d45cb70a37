import { createImport } from '#lib/generation/create-import.ts';
import { deleteImport } from '#lib/generation/delete-import.ts';
import { findMissingFiles } from '#lib/generation/find-missing-files.ts';
import { getImport } from '#lib/generation/get-import.ts';
import { listCandidates } from '#lib/generation/list-candidates.ts';
import { listImportSources } from '#lib/generation/list-import-sources.ts';
import { listImportVideos } from '#lib/generation/list-import-videos.ts';
import { listImports } from '#lib/generation/list-imports.ts';
import { startImport } from '#lib/generation/start-import.ts';
import { base } from './base.ts';

export const importsRouter = base.imports.router({
  list: base.imports.list.handler(({ context: { platform, actor }, input }) =>
    listImports(platform, actor, input),
  ),
  sources: base.imports.sources.handler(({ context: { platform, actor }, input }) =>
    listImportSources(platform, actor, input.project),
  ),
  create: base.imports.create.handler(({ context: { platform, actor }, input }) =>
    createImport(platform, actor, input),
  ),
  get: base.imports.get.handler(({ context: { platform, actor }, input }) =>
    getImport(platform, actor, input),
  ),
  videos: base.imports.videos.handler(({ context: { platform, actor }, input }) =>
    listImportVideos(platform, actor, input),
  ),
  candidates: base.imports.candidates.handler(({ context: { platform, actor }, input }) =>
    listCandidates(platform, actor, input),
  ),
  missing: base.imports.missing.handler(async ({ context: { platform, actor }, input }) => ({
    missing: await findMissingFiles(platform, actor, input),
  })),
  start: base.imports.start.handler(({ context: { platform, actor }, input }) =>
    startImport(platform, actor, input),
  ),
  delete: base.imports.delete.handler(async ({ context: { platform, actor }, input }) => {
    await deleteImport(platform, actor, input);
    return { done: true };
  }),
});
