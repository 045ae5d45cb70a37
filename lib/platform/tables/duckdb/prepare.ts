import {
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  LIST,
  listValue,
  StatementType,
  VARCHAR,
} from '@duckdb/node-api';
import { Refusal } from '../refusal.ts';
import type { Parameter } from '../task.ts';

/** What reads, and what writes tables and files; nothing that changes settings or loads code. */
const ALLOWED: readonly StatementType[] = [
  StatementType.SELECT,
  StatementType.COPY,
  StatementType.CREATE,
  StatementType.INSERT,
  StatementType.DELETE,
  StatementType.UPDATE,
  StatementType.DROP,
];

/** Prepares one statement with the parameters that it names. @throws Refusal */
export async function prepare(
  connection: DuckDBConnection,
  text: string,
  parameters: Readonly<Record<string, Parameter>>,
): Promise<DuckDBPreparedStatement> {
  const extracted = await connection.extractStatements(text);
  if (extracted.count !== 1)
    throw new Refusal(`A statement has to be one statement, not ${extracted.count}.`);
  const statement = await extracted.prepare(0);
  if (!ALLOWED.includes(statement.statementType))
    throw new Refusal(`A statement of type ${StatementType[statement.statementType]} is not run.`);
  for (let index = 1; index <= statement.parameterCount; index++) {
    const name = statement.parameterName(index);
    const value = parameters[name];
    if (value === undefined) throw new Refusal(`The parameter $${name} has no value.`);
    bind(statement, index, value);
  }
  return statement;
}

function bind(statement: DuckDBPreparedStatement, index: number, value: Parameter): void {
  if (value === null) statement.bindNull(index);
  else if (typeof value === 'string') statement.bindVarchar(index, value);
  else if (typeof value === 'boolean') statement.bindBoolean(index, value);
  else if (typeof value === 'object')
    statement.bindList(index, listValue([...value]), LIST(VARCHAR));
  else if (Number.isSafeInteger(value)) statement.bindBigInt(index, BigInt(value));
  else statement.bindDouble(index, value);
}
