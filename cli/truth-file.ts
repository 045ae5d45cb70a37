import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { AppError } from '#lib/core/errors.ts';
import { type Truth, truthSchema } from '#lib/studies/simulation/truth.ts';

/**
 * Reads what simulated raters believe (docs/simulate.md) from a YAML file.
 *
 * @throws AppError NOT_FOUND without such a file, BAD_INPUT naming each field that is wrong.
 */
export async function readTruth(path: string): Promise<Truth> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new AppError('NOT_FOUND', `There is no file ${path}.`);
  });
  const parsed = truthSchema.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`,
  );
  throw new AppError('BAD_INPUT', `${path} is not a truth: ${problems.join('; ')}.`);
}
