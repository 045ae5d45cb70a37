import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteLiteral } from '../sql.ts';
import type { TableRequest } from '../task.ts';

export interface Session {
  readonly connection: DuckDBConnection;
  close(): void;
}

/**
 * Opens an empty database in memory that may touch the named files and its scratch folder, nothing
 * else: no other file, no network, no extension, and none of that can be changed any more.
 */
export async function openSession({ task, limits }: TableRequest): Promise<Session> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${limits.memoryMebibytes}MiB`,
    threads: String(limits.threads),
    temp_directory: limits.scratchDir,
    max_temp_directory_size: `${limits.scratchMebibytes}MiB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
    extension_directory: limits.scratchDir,
    secret_directory: limits.scratchDir,
  });
  const connection = await instance.connect();
  const files = task.files.map(quoteLiteral).join(', ');
  await connection.run(`SET allowed_paths = [${files}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
