import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { withScratchFolder } from './canonical/scratch-folder.ts';
import { suggestMapping } from './registration/known-names.ts';
import { readColumns } from './registration/read-columns.ts';
import { rowReader } from './registration/readers.ts';
import { withFile } from './registration/with-file.ts';
import type { DatasetSource, SourcePreview } from './schema.ts';
import { checkSource } from './sources/check-source.ts';
import { openSource } from './sources/open-source.ts';

const PREVIEWED_ROWS = 20;
const PREVIEWED_COLUMNS = 200;
const PREVIEWED_NAMES = 10;
const LIMIT_MS = 60_000;

/**
 * Looks at a source before it is registered: its files, the columns and first rows of the first file,
 * and the mapping that their names suggest.
 *
 * @throws AppError BAD_INPUT, NOT_FOUND, FORBIDDEN, TOO_LARGE or UNAVAILABLE
 */
export async function inspectSource(
  platform: Pick<Platform, 'database' | 'tables' | 'blobs' | 'environment' | 'secret'>,
  actor: Actor,
  input: { project: string; source: DatasetSource },
  signal: AbortSignal = AbortSignal.timeout(LIMIT_MS),
): Promise<SourcePreview> {
  const project = await authorizeProject(platform, actor, input.project, 'project.write');
  const reach = actor.kind === 'system' ? 'any' : 'import-roots';
  const place = { projectId: project.id, reach } as const;
  await checkSource(platform, input.source, place);
  return withScratchFolder(platform, async (folder) => {
    const source = await openSource(platform, input.source, { ...place, folder, signal });
    try {
      const { files, format, passedOver } = source;
      const [first] = files;
      if (!first) throw new Error('A source that was opened has a file.');
      const { columns, rows } = await withFile(first, async (path) => {
        const found = await readColumns(platform, path, first.readAs, signal);
        const shown = found.columns.slice(0, PREVIEWED_COLUMNS).map(({ name }) => name);
        const { statement } = rowReader(path, first.readAs, found, shown);
        const texts = shown.map((_, index) => `left(CAST(r${index} AS VARCHAR), 200) AS r${index}`);
        const given = await platform.tables.query(
          `SELECT ${texts.join(', ')} FROM (${statement}) LIMIT ${PREVIEWED_ROWS}`,
          { files: [path], signal },
        );
        const named = given.map((row) =>
          Object.fromEntries(
            shown.map((name, index) => {
              const value = row[`r${index}`];
              return [name, typeof value === 'string' ? value : null];
            }),
          ),
        );
        return { columns: found.columns, rows: named };
      });
      return {
        format,
        files: files.length,
        fileNames: files.slice(0, PREVIEWED_NAMES).map(({ name }) => name),
        columns,
        rows,
        mapping: suggestMapping(columns),
        passedOver,
      };
    } finally {
      source.close();
    }
  });
}
