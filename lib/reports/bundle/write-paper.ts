import { writeSpec } from '#lib/studies/spec/write-spec.ts';
import { citedIn, toLatex, toMarkdown } from './document.ts';
import { methodsSection } from './methods-text.ts';
import type { Paper } from './read-methods.ts';
import { readmeHtml } from './readme-html.ts';
import { bibliography } from './references.ts';
import { questionOf, tableLatex } from './tables.ts';

/** A file of the bundle and what the page that lists them says of it. */
export interface ToldPath {
  readonly path: string;
  readonly what: string;
}

type TextFile = ToldPath & { readonly content: string };

export interface PaperFilesInput {
  readonly paper: Paper;
  /** What stands in the bundle before and after these files. */
  readonly before: readonly ToldPath[];
  readonly after: readonly ToldPath[];
}

/**
 * Writes the texts of a bundle: settings, the study as a file, methods text, tables and the page that
 * shows it all. Pure; a study of a thousand prompts takes longer than a web server may stand still.
 */
export function writePaper({ paper, before, after }: PaperFilesInput): {
  readme: string;
  files: TextFile[];
} {
  const files = [
    ...paperFiles(paper),
    {
      path: 'settings.json',
      content: `${JSON.stringify(settingsOf(paper), null, 2)}\n`,
      what: 'Version, seed, watermark, exclusions, counts of votes and settings of each ranking',
    },
    { path: 'study.yaml', content: writeSpec(paper.study.spec), what: 'The study as a file' },
  ];
  return { readme: readmeOf(paper, [...before, ...files, ...after]), files };
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

function paperFiles({ facts, tables }: Paper): TextFile[] {
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

function readmeOf({ study, report, facts, tables }: Paper, files: readonly ToldPath[]): string {
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
