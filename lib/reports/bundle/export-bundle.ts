import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { runInThread, threadTask } from '#lib/platform/threads/threads.ts';
import { exportFigure } from '../exports/export-figure.ts';
import { exportRatings } from '../exports/export-ratings.ts';
import { voteLines } from '../exports/vote-lines.ts';
import {
  type FigureName,
  figureNameSchema,
  type QuestionChoice,
  rankingMethodSchema,
} from '../schema.ts';
import type { run } from './paper-thread.ts';
import { type Paper, type PaperInput, readPaper } from './read-methods.ts';
import { questionOf } from './tables.ts';
import { type BundleFile, zipFiles } from './zip-files.ts';

const paperTask = threadTask<typeof run>('lib/reports/bundle/paper-thread.ts', 60);

/** Drawn for a column of a paper at twice its width. */
const FIGURE_WIDTH = 720;

/**
 * A snapshot as one zip: its votes, settings, ratings by every method, analysis, figures, tables,
 * methods text and references, with a page that shows them. The same snapshot, decision and software
 * give the same bytes. Votes are read while the zip is read.
 *
 * @throws AppError NOT_FOUND for a snapshot of another study, or before the first.
 */
export async function exportBundle(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: PaperInput,
): Promise<{ headers: Record<string, string>; body: ReadableStream<Uint8Array> }> {
  const paper = await readPaper(platform, actor, input);
  const { head } = paper.facts;
  const address = { ...input, snapshot: head.id };
  const name = `${paper.study.slug}-r${paper.study.revision}-snapshot-${head.id}`;
  const { text: analysis, hasMetric } = await readAnalysisText(platform, head.id);
  const before = [
    ...(await figureFiles(platform, actor, paper, address, hasMetric ? [] : ['metric'])),
    ...(await ratingFiles(platform, actor, address)),
    {
      path: 'analysis.json',
      content: analysis,
      what: 'Prompts, tags, leave-one-out ranges, agreement and more',
    },
  ];
  const after = voteFiles(platform, paper);
  const told = (files: readonly ToldFile[]) => files.map(({ path, what }) => ({ path, what }));
  const written = await runInThread(paperTask, {
    paper,
    before: told(before),
    after: told(after),
  });
  const readme = { path: 'README.html', content: written.readme };
  const files = [readme, ...before, ...written.files, ...after];
  return {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${name}.zip"`,
      'cache-control': 'no-store',
    },
    body: zipFiles(files.map((file) => ({ ...file, path: `${name}/${file.path}` }))),
  };
}

interface ToldFile extends BundleFile {
  readonly what: string;
}

/** As it is stored: it can be megabytes, which nobody has to take apart here. */
async function readAnalysisText({ database }: Pick<Platform, 'database'>, snapshotId: number) {
  const [row] = await database.$queryRaw<{ text: string | null; hasMetric: boolean | null }[]>`
    SELECT analysis::text AS text,
      jsonb_path_exists(analysis, '$.parts[*].metrics[*]') AS "hasMetric"
    FROM snapshot WHERE id = ${snapshotId}`;
  return { text: `${row?.text ?? 'null'}\n`, hasMetric: row?.hasMetric ?? false };
}

async function ratingFiles(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: PaperInput,
): Promise<ToldFile[]> {
  const files: ToldFile[] = [];
  for (const method of rankingMethodSchema.options)
    for (const format of ['csv', 'json'] as const) {
      const file = await exportRatings(platform, actor, { ...address, method, format });
      files.push({
        path: `ratings/${method}.${format}`,
        content: await file.text(),
        what: `Ratings by ${method}`,
      });
    }
  return files;
}

/** Every figure that the study has, once for each question where it shows one. */
async function figureFiles(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  { report }: Paper,
  address: PaperInput,
  without: readonly FigureName[],
): Promise<ToldFile[]> {
  const files: ToldFile[] = [];
  for (const figure of figureNameSchema.options.filter((option) => !without.includes(option)))
    for (const question of questionsOf(figure, report.snapshots))
      for (const format of ['svg', 'png'] as const) {
        const drawn = await exportFigure(platform, actor, {
          ...{ ...address, figure, question, format },
          width: FIGURE_WIDTH,
        }).catch((error: unknown) => {
          // The study has nothing to draw in it: two arms, no axis.
          if (error instanceof AppError && error.code === 'BAD_INPUT') return null;
          throw error;
        });
        if (!drawn) continue;
        const { key, wording } = questionOf(report, question === 'mean' ? null : question);
        files.push({
          path: `figures/${figure}-${key}.${format}`,
          content: new Uint8Array(await drawn.arrayBuffer()),
          what: `${FIGURES[figure]}: ${wording}`,
        });
      }
  return files;
}

const FIGURES: Readonly<Record<FigureName, string>> = {
  curve: 'Ratings along the axis',
  leaderboard: 'Ratings with intervals',
  'win-shares': 'Win shares of each pair',
  wins: 'Votes of each pair',
  differences: 'Differences to the reference arm along the axis',
  steps: 'Gain at each training step',
  prompts: 'Which prompts drive the differences',
  sensitivity: 'Leaving out one rater or one prompt',
  metric: 'A metric against people',
};

/** The curve shows all questions in one. */
function questionsOf(
  figure: FigureName,
  snapshots: readonly { readonly question: number | null }[],
): QuestionChoice[] {
  if (figure === 'curve') return ['mean'];
  return snapshots.map(({ question }) => question ?? 'mean');
}

function voteFiles({ database }: Pick<Platform, 'database'>, { study, facts }: Paper): ToldFile[] {
  const { exclusion } = facts.head;
  const watermark = BigInt(facts.head.watermark);
  const lines = (ranked: typeof exclusion | null, question?: number) =>
    voteLines(database, study, { format: 'csv', ranked, question, watermark });
  return [
    ...study.spec.questions.map(({ key, wording }, position) => ({
      path: `votes/${key}.csv`,
      content: lines(exclusion, position),
      what: `The votes that were ranked: ${wording.en}`,
    })),
    {
      path: 'votes-all.csv',
      content: lines(null),
      what: 'All votes up to then that were not taken back, told apart by status, origin and excluded',
    },
  ];
}
