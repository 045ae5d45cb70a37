import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { type Estimate, estimateSpec } from '../overview/estimate.ts';
import type { StudySpec } from '../schema.ts';
import { readContent, type StudyContent } from './read-content.ts';
import { writeSpec } from './write-spec.ts';

/** A study as fields and as YAML, and what it would cost. */
export interface WrittenSpec {
  spec: StudySpec;
  yaml: string;
  estimate: Estimate;
}

/** A study as it was written. */
export async function readSpec(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: StudyAddress,
): Promise<WrittenSpec> {
  return asWritten((await findStudy(platform, actor, address, 'project.read')).spec);
}

/**
 * Reads a study without keeping it: for forms, and for trying a file.
 *
 * @throws AppError BAD_INPUT with `data.problems`.
 */
export async function checkSpec(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { readonly project: string } & StudyContent,
): Promise<WrittenSpec> {
  await authorizeProject(platform, actor, input.project, 'project.read');
  return asWritten(readContent(input));
}

export function asWritten(spec: StudySpec): WrittenSpec {
  return { spec, yaml: writeSpec(spec), estimate: estimateSpec(spec) };
}
