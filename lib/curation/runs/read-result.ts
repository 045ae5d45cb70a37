import * as z from 'zod';
import type { Transaction } from '#lib/platform/database/client.ts';
import type { ColumnOrigin, RunResult, StoredStep } from '../schema.ts';
import { CUT_COLUMNS } from '../units/cut-columns.ts';
import { joinedColumns } from '../units/joined-columns.ts';
import { gatherOutputSchema, joinOutputSchema } from '../units/unit.ts';
import type { LoadedRun } from './load-run.ts';

const modelsSchema = z.record(z.string(), z.string());

/**
 * The table that a run has come to when all its stages are done, with what made each column; or why
 * it is none: a model file was exchanged while the run was at work.
 */
export async function readResult(
  transaction: Transaction,
  run: LoadedRun,
): Promise<RunResult | { problem: string }> {
  const gathered = await transaction.curationUnit.findFirstOrThrow({
    where: { runId: run.id, step: run.stages.findIndex(({ kind }) => kind === 'gather') },
  });
  const { columns } = gatherOutputSchema.parse(gathered.output);
  const { table, vectors } = joinedColumns(columns, run.stages);
  const joins = await transaction.curationUnit.findMany({
    where: { runId: run.id, step: run.stage },
    orderBy: { position: 'asc' },
  });
  const parts = joins.map(({ output }) => joinOutputSchema.parse(output));
  const lineage: Record<string, ColumnOrigin> = {};
  for (const [index, { kind, step }] of run.stages.entries()) {
    if (step === null) continue;
    const models = await modelsOf(transaction, run.id, index);
    if (models.length > 1)
      return {
        problem: `The model files of "${step.name}" changed while the run was at work. Make a new run.`,
      };
    const names =
      kind === 'cut'
        ? CUT_COLUMNS.map(({ name }) => name)
        : [...table, ...vectors].filter(({ stage }) => stage === index).map(({ name }) => name);
    for (const name of names) lineage[name] ??= origin(step, models[0] ?? {});
  }
  return {
    clips: joins.reduce((sum, { clips }) => sum + clips, 0),
    parts: parts.map(({ hash }) => hash),
    columns: table.map(({ name, type }) => ({ name, type })),
    vectorParts: parts.flatMap(({ vectorHash }) => vectorHash ?? []),
    vectors: vectors.map(({ name }) => name),
    lineage,
  };
}

async function modelsOf(
  transaction: Transaction,
  runId: number,
  step: number,
): Promise<Record<string, string>[]> {
  const rows = await transaction.$queryRaw<{ models: unknown }[]>`
    select distinct coalesce(output->'models', '{}'::jsonb) as models from curation_unit
    where run_id = ${runId} and step = ${step} and state = 'done'`;
  return rows.map(({ models }) => modelsSchema.parse(models));
}

function origin({ name, version, settings }: StoredStep, models: Record<string, string>) {
  return { scorer: name, version, settings, models };
}
