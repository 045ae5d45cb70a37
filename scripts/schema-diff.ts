import { readFile } from 'node:fs/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

/**
 * The SQL that takes a database from one Prisma schema to another. Prisma's own command line needs
 * an engine binary that it downloads; the npm package has the same engine as WebAssembly, which
 * cannot read tables back (a column type of PostgreSQL's catalogue fails), so two schemas are compared.
 *
 * @param url any database that answers: it is asked for its version and left as it is.
 * @param before the older schema; absent: an empty database.
 * @returns a script, '-- This is an empty migration.' when the two are equal.
 */
export async function diffSchemas(
  url: string,
  before: string | undefined,
  after: string,
): Promise<string> {
  await loadEngine();
  const asTarget = (content: string): engine.DiffTarget => ({
    tag: 'schemaDatamodel',
    files: [{ path: 'schema.prisma', content }],
  });
  const schemaEngine = await engine.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url })),
  );
  try {
    const result = await schemaEngine.diff({
      from: before === undefined ? { tag: 'empty' } : asTarget(before),
      to: asTarget(after),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return `${result.stdout?.trim() ?? ''}\n`;
  } finally {
    schemaEngine.free();
  }
}

let loaded: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const script = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    const bytes = await readFile(new URL('./schema_engine_bg.wasm', script));
    const { instance } = await WebAssembly.instantiate(bytes, {
      './schema_engine_bg.js': { ...engine },
    });
    engine.__wbg_set_wasm(instance.exports);
    const { __wbindgen_start: start } = instance.exports;
    if (typeof start === 'function') start();
  })();
  return loaded;
}
