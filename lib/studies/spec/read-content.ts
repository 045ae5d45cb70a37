import { AppError } from '#lib/core/errors.ts';
import type { StudySpec } from '../schema.ts';
import { parseSpec } from './parse-spec.ts';

/** A study as a caller hands it over: as fields or as YAML text. */
export interface StudyContent {
  readonly spec?: StudySpec | undefined;
  readonly yaml?: string | undefined;
}

/** @throws AppError BAD_INPUT when there is not exactly one of the two, or as `parseSpec` does. */
export function readContent(content: StudyContent): StudySpec {
  if (content.spec !== undefined && content.yaml === undefined) return content.spec;
  if (content.spec === undefined && content.yaml !== undefined) return parseSpec(content.yaml);
  throw new AppError('BAD_INPUT', 'Send the study either as "spec" or as "yaml", not both.', {
    reason: 'spec',
  });
}
