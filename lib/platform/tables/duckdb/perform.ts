import type { DuckDBConnection } from '@duckdb/node-api';
import { Refusal } from '../refusal.ts';
import type { Row, TableReply, TableRequest } from '../task.ts';
import { openSession } from './open-session.ts';
import { plainValue } from './plain-value.ts';
import { prepare } from './prepare.ts';
import { asRecords, writeNpy } from './write-npy.ts';

/** Does one task in a database of its own and says how it went. */
export async function perform(request: TableRequest): Promise<TableReply> {
  const progress = { statement: 0 };
  try {
    const session = await openSession(request);
    try {
      return await answer(session.connection, request, progress);
    } finally {
      session.close();
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Refusal) return { kind: 'refused', message: message.slice(0, 1000) };
    return { kind: 'failed', message: message.slice(0, 4000), statement: progress.statement };
  }
}

async function answer(
  connection: DuckDBConnection,
  { task, limits }: TableRequest,
  progress: { statement: number },
): Promise<TableReply> {
  const [first = '', ...others] = task.statements;
  if (task.kind === 'npy') {
    const statement = await prepare(connection, asRecords(first), task.parameters);
    return { kind: 'done', rows: [], counts: [await writeNpy(statement, task.output ?? '')] };
  }
  if (task.kind === 'query') {
    const statement = await prepare(connection, first, task.parameters);
    const rows: Row[] = [];
    for await (const some of (await statement.stream()).yieldConvertedRowObjects(plainValue)) {
      rows.push(...some);
      if (rows.length > limits.maxRows) return { kind: 'too-many-rows' };
    }
    return { kind: 'done', rows, counts: [rows.length] };
  }
  const counts: number[] = [];
  for (const text of [first, ...others]) {
    const statement = await prepare(connection, text, task.parameters);
    counts.push((await statement.run()).rowsChanged);
    progress.statement++;
  }
  return { kind: 'done', rows: [], counts };
}
