import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { writeSpec } from '#lib/studies/spec/write-spec.ts';
import { readAnalysis } from '../analysis/read-analysis.ts';
import { exportFigure } from '../exports/export-figure.ts';
import { exportRatings } from '../exports/export-ratings.ts';
import { voteLines } from '../exports/vote-lines.ts';
import {
  type FigureName,
  figureNameSchema,
  type QuestionChoice,
  rankingMethodSchema,
} from '../schema.ts';
import { citedIn, toLatex, toMarkdown } from './document.ts';
import { methodsSection } from './methods-text.ts';
import { type Paper, type PaperInput, readPaper } from './read-methods.ts';
import { readmeHtml } from './readme-html.ts';
import { bibliography } from './references.ts';
import { questionOf, tableLatex } from './tables.ts';
import { type BundleFile, zipFiles } from './zip-files.ts';

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
  const analysis = await readAnalysis(platform, head.id);
  const hasMetric = analysis?.parts.some(({ metrics }) => metrics.length > 0) ?? false;
  const files = [
    ...(await figureFiles(platform, actor, paper, address, hasMetric ? [] : ['metric'])),
    ...(await ratingFiles(platform, actor, address)),
    ...paperFiles(paper),
    json('settings.json', settingsOf(paper)),
    json('analysis.json', analysis),
    { path: 'study.yaml', content: writeSpec(paper.study.spec), what: 'The study as a file' },
    ...voteFiles(platform, paper),
  ];
  const readme = { path: 'README.html', content: readmeOf(paper, files) };
  return {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${name}.zip"`,
      'cache-control': 'no-store',
    },
    body: zipFiles([readme, ...files].map((file) => ({ ...file, path: `${name}/${file.path}` }))),
  };
}

interface ToldFile extends BundleFile {
  readonly what: string;
}

const WHAT: Readonly<Record<string, string>> = {
  'settings.json':
    'Version, seed, watermark, exclusions, counts of votes and settings of each method',
  'analysis.json': 'Prompts, tags, leave-one-out ranges, agreement and more',
};

function json(path: string, content: unknown): ToldFile {
  return { path, content: `${JSON.stringify(content, null, 2)}\n`, what: WHAT[path] ?? path };
}

function settingsOf({ study, report, facts }: Paper) {
  const { id, version, seed, watermark, exclusion, votes, createdAt } = facts.head;
  return {
    study: study.slug,
    revision: study.revision,
    snapshot: { id, version, seed, watermark, exclusion, votes, createdAt },
    breakdown: facts.breakdown,
    rankings: report.snapshots.map(({ question, method, settings, votes: size }) => ({
      question: questionOf(report, question).key,
      method,
      votes: size,
      settings,
    })),
    rule: study.spec.decision,
    advice: facts.axis?.advice ?? null,
    decision: facts.decision && {
      arm: facts.decision.arm,
      reason: facts.decision.reason,
      decidedAt: facts.decision.decidedAt,
      snapshot: facts.decision.snapshot.id,
    },
    acceptedDifferences: facts.acceptedDifferences,
  };
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

function paperFiles({ facts, tables }: Paper): ToldFile[] {
  const section = methodsSection(facts);
  return [
    { path: 'methods.md', content: toMarkdown(section), what: 'Methods text in Markdown' },
    { path: 'methods.tex', content: toLatex(section), what: 'Methods text in LaTeX' },
    {
      path: 'references.bib',
      content: bibliography(citedIn(section)),
      what: 'The works that the methods text cites',
    },
    ...tables.map((table) => ({
      path: `tables/${table.name}.tex`,
      content: tableLatex(table),
      what: table.caption,
    })),
  ];
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

function readmeOf({ study, report, facts, tables }: Paper, files: readonly ToldFile[]): string {
  const { head } = facts;
  return readmeHtml({
    title: study.title,
    subtitle: `Snapshot ${head.id} of revision ${study.revision}: ${head.votes.toLocaleString('en')} votes up to ${head.createdAt.slice(0, 16).replace('T', ' ')} UTC`,
    methods: methodsSection(facts).paragraphs.map(({ heading, text }) => ({
      heading,
      text: text.map((part) => (typeof part === 'string' ? part : '')).join(''),
    })),
    figures: files
      .filter(({ path }) => path.endsWith('.svg'))
      .map(({ path, what }) => ({ file: path, label: what })),
    tables,
    files,
    commands: study.spec.questions.map(
      ({ key }) => `winnow rank votes/${key}.csv --method ${report.method} --seed ${head.seed}`,
    ),
  });
}
