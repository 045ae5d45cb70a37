import { InvalidArgumentError } from 'commander';

/** A study as the command line names it: `project/study`, or `project/study@2` for a revision. */
export interface StudyPath {
  readonly project: string;
  readonly study: string;
  readonly revision?: number;
}

/** @throws InvalidArgumentError for text of another form. */
export function parseStudyPath(text: string): StudyPath {
  const match = /^([a-z0-9-]+)\/([a-z0-9-]+)(?:@([1-9]\d{0,5}))?$/.exec(text);
  const [, project, study, revision] = match ?? [];
  if (project === undefined || study === undefined)
    throw new InvalidArgumentError('Write project/study, such as demo/compression.');
  return { project, study, ...(revision === undefined ? {} : { revision: Number(revision) }) };
}
