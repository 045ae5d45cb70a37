import { isAbsolute, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { AppError } from '#lib/core/errors.ts';
import { type NewRun, newRunSchema } from '../schema.ts';

/**
 * Reads a run from YAML: as the API takes it, with `cut: false` for files that are clips already, and
 * a step without settings as the scorer's name alone. Relative paths start at the file's folder.
 *
 * @throws AppError BAD_INPUT with all that is wrong, in a sentence each
 */
export function readRunFile(text: string, folder: string): NewRun {
  const document = parseDocument(text, { prettyErrors: false });
  const broken = document.errors[0];
  if (broken) throw new AppError('BAD_INPUT', `The file is no YAML: ${broken.message}.`);
  const parsed = newRunSchema.safeParse(spellOut(document.toJS({ maxAliasCount: 100 }), folder));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) =>
      `${path.join('.') || 'the file'}: ${message.replace(/^Invalid input: /, '')}`,
  );
  throw new AppError('BAD_INPUT', `The run is not understood. ${problems.join('; ')}.`, {
    problems,
  });
}

function spellOut(value: unknown, folder: string): unknown {
  if (!isRecord(value)) return value;
  const { source, cut, steps, ...rest } = value;
  return {
    ...rest,
    source:
      isRecord(source) && typeof source.path === 'string' && !isAbsolute(source.path)
        ? { ...source, path: resolve(folder, source.path) }
        : source,
    ...(cut === undefined ? {} : { cut: cut === false ? null : cut === true ? {} : cut }),
    ...(steps === undefined || steps === null
      ? {}
      : {
          steps: Array.isArray(steps)
            ? steps.map((step) => (typeof step === 'string' ? { scorer: step } : step))
            : steps,
        }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
