import { LineCounter, parseDocument } from 'yaml';
import { AppError } from '#lib/core/errors.ts';
import { type StudySpec, spellPath, studySpecSchema } from '../schema.ts';

/** More than the largest study that can be opened needs; a guard against a wrong file. */
const MAX_CHARACTERS = 20_000_000;
const MAX_PROBLEMS = 50;

type Path = readonly PropertyKey[];

/**
 * Reads a study from YAML (or JSON, which is YAML).
 *
 * @throws AppError BAD_INPUT whose `data.problems` are sentences such as
 * `arms[2].level (line 14): expected number, received string`, all of them at once.
 */
export function parseSpec(text: string): StudySpec {
  if (text.length > MAX_CHARACTERS)
    throw refuse(['The text is longer than 20 million characters; send one study.']);
  const lines = new LineCounter();
  // Aliases are limited by the package, so that a small text can't unfold into a huge study.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    throw refuse(
      document.errors.map((error) => `line ${lines.linePos(error.pos[0]).line}: ${error.message}`),
    );
  const lineOf = (path: Path): number | null => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as
        | { range?: readonly [number, number, number] | null }
        | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return null;
  };
  const parsed = studySpecSchema.safeParse(plainValue(document));
  if (parsed.success) return parsed.data;
  throw refuse(
    parsed.error.issues.map((issue) => {
      const line = lineOf(
        issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path,
      );
      return `${placeOf(spellPath(issue.path), line)}: ${issue.message.replace(/^Invalid input: /, '')}`;
    }),
  );
}

function placeOf(path: string, line: number | null): string {
  if (line === null) return path || 'the study';
  return path === '' ? `line ${line}` : `${path} (line ${line})`;
}

function plainValue(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    throw refuse([error instanceof Error ? error.message : 'The YAML can not be read.']);
  }
}

function refuse(problems: readonly string[]): AppError {
  const first = problems[0] ?? 'it is empty';
  const rest = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new AppError('BAD_INPUT', `This is not a study yet. ${first}${rest}`, {
    reason: 'spec',
    problems: problems.slice(0, MAX_PROBLEMS),
  });
}
