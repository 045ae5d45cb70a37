import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import { readAxis } from '../axis-report/read-axis.ts';
import { readDecisions } from '../decisions/list-decisions.ts';
import { type ReadableStudy, readStudy } from '../read-study.ts';
import { getReport } from '../study-report/get-report.ts';
import type { ReportView } from '../study-report/schema.ts';
import { citedIn, toLatex, toMarkdown } from './document.ts';
import type { MethodsFacts } from './methods-facts.ts';
import { methodsSection } from './methods-text.ts';
import { bibliography } from './references.ts';
import type { MethodsView } from './schema.ts';
import {
  contrastsTable,
  differencesTable,
  type PaperTable,
  ratingsTable,
  tableLatex,
} from './tables.ts';

export interface PaperInput extends StudyAddress {
  readonly snapshot?: number | undefined;
}

/** What a paper about a study is written from, all of one snapshot. */
export interface Paper {
  readonly study: ReadableStudy;
  readonly report: ReportView;
  readonly facts: MethodsFacts;
  readonly tables: readonly PaperTable[];
}

/**
 * Reads a snapshot (the newest one unless one is named) with all that is said about it in a paper.
 *
 * @throws AppError NOT_FOUND for a snapshot of another study, or before the first.
 */
export async function readPaper(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  { project, study: slug, revision, snapshot }: PaperInput,
): Promise<Paper> {
  const address = { project, study: slug, revision };
  const study = await readStudy(platform, actor, address);
  const report = await getReport(platform, actor, { ...address, snapshot });
  const head = report.snapshot;
  if (!head)
    throw new AppError('NOT_FOUND', `The study "${study.title}" has no ranked votes yet.`, {
      reason: 'snapshot',
    });
  const [axis, decisions, comparisons] = await Promise.all([
    study.spec.axis ? readAxis(platform, study, { snapshot: head.id }) : null,
    readDecisions(platform, study),
    platform.database.comparison.count({ where: { studyId: study.id, kind: 'regular' } }),
  ]);
  const { spec } = study;
  const { breakdown, snapshots, acceptedDifferences } = report;
  const decision = decisions[0] ?? null;
  return {
    study,
    report,
    facts: { spec, comparisons, breakdown, head, snapshots, axis, decision, acceptedDifferences },
    tables: [
      ...snapshots.map((one) => ratingsTable(report, one)),
      ...(axis && !axis.isTwoArms
        ? axis.curves.flatMap((curve) => [
            differencesTable(report, curve),
            ...(curve.contrasts.length > 0 ? [contrastsTable(report, curve)] : []),
          ])
        : []),
    ],
  };
}

/** The methods text of a snapshot with its tables and references, ready to paste. */
export async function getMethods(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: PaperInput,
): Promise<MethodsView> {
  const { facts, tables } = await readPaper(platform, actor, input);
  const section = methodsSection(facts);
  return {
    markdown: toMarkdown(section),
    latex: toLatex(section),
    bibtex: bibliography(citedIn(section)),
    tables: tables.map((table) => ({
      name: table.name,
      caption: table.caption,
      latex: tableLatex(table),
    })),
  };
}
