import { readFile } from 'node:fs/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

let loaded: Promise<void> | undefined;

/**
 * Prisma's schema engine as WebAssembly, talking to one database. The engine that Prisma's own
 * command line uses is a binary that it downloads; this one comes with the npm package. The caller
 * frees it.
 *
 * @param databaseUrl the database to work on; connections open on first use only.
 */
export async function openSchemaEngine(databaseUrl: string): Promise<engine.SchemaEngine> {
  loaded ??= load();
  await loaded;
  const adapter = new PrismaPg({ connectionString: databaseUrl, max: 1 });
  return engine.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

async function load(): Promise<void> {
  const script = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(new URL('./schema_engine_bg.wasm', script));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  const { __wbindgen_start: start } = instance.exports;
  if (typeof start === 'function') start();
}
