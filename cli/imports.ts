import type { Command } from 'commander';
import { listImports } from '#lib/generation/list-imports.ts';
import { platform as productionPlatform } from '#lib/platform/platform.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { type TableColumn, tableLines } from './table.ts';
import { withDatabase } from './with-database.ts';

const NEWEST = 200;
const COLUMNS: readonly TableColumn[] = [
  { title: 'import', align: 'left' },
  { title: 'kind', align: 'left' },
  { title: 'state', align: 'left' },
  { title: 'files', align: 'right' },
  { title: 'accepted', align: 'right' },
  { title: 'refused', align: 'right' },
];

/** `winnow imports`: the newest imports of a project. */
export function registerImports(program: Command): void {
  program
    .command('imports')
    .description('List the newest imports of a project.')
    .requiredOption('--project <slug>', 'the project')
    .option('--json', 'print them as JSON')
    .action(async ({ project, json }: { project: string; json?: boolean }) => {
      const { imports } = await withDatabase(() =>
        listImports(productionPlatform(), COMMAND_LINE, { project, limit: NEWEST }),
      );
      const rows = imports.map((row) => [
        row.slug,
        row.kind,
        row.state,
        String(row.expected),
        String(row.accepted),
        String(row.refused),
      ]);
      const lines = json ? [JSON.stringify(imports, null, 2)] : tableLines(COLUMNS, rows);
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}
