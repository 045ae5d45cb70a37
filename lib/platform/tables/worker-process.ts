// The child process in which DuckDB runs: one task at a time, asked for over IPC. It has an empty
// environment and ends when its parent goes away.
import { perform } from './duckdb/perform.ts';
import type { TableRequest } from './task.ts';

process.on('disconnect', () => process.exit());
process.on('message', async (request: TableRequest) => {
  process.send?.(await perform(request));
});
process.send?.('ready');
