import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { importDirectly } from '#lib/generation/import-directly.ts';
import { newImportSchema } from '#lib/generation/schema.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { rankStudy } from '#lib/reports/snapshots/rank-study.ts';
import { createStudy } from '#lib/studies/create-study.ts';
import { openStudy } from '#lib/studies/opening/open-study.ts';
import { getStudy } from '#lib/studies/overview/get-study.ts';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import { renderStudy } from '#lib/studies/renditions/render-study.ts';
import { simulateRaters } from '#lib/studies/simulation/simulate-raters.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { readTruth } from './truth-file.ts';

const FOLDER = resolve(import.meta.dirname, '../examples/demo');
const PROJECT = 'demo';
const STUDY = 'compression';
const SIMULATED_VOTES = 480;

/**
 * Brings in the demo: a project with real clips at four compression levels, an open study of them,
 * and votes of simulated raters, which are marked as such. Each step looks whether it was done, so a
 * start that was cut short goes on; a demo that a person closed or archived stays so.
 *
 * @returns the study; null where a person deleted it from its project.
 */
export async function seedDemo(
  platform: Platform,
  signal: AbortSignal,
): Promise<StudyDetail | null> {
  const { database } = platform;
  await database.project.upsert({
    where: { slug: PROJECT },
    create: { slug: PROJECT, name: 'Demo' },
    update: {},
  });
  const address = { project: PROJECT, study: STUDY };
  const known = await database.study.findFirst({
    where: { slug: STUDY, project: { slug: PROJECT } },
    orderBy: { revision: 'desc' },
    select: { id: true, state: true },
  });
  if (known && known.state !== 'draft') return getStudy(platform, COMMAND_LINE, address);

  await importDirectly(
    platform,
    COMMAND_LINE,
    {
      ...newImportSchema.parse({
        name: 'Demo clips',
        slug: 'demo-clips',
        source: { kind: 'folder', path: resolve(FOLDER, 'videos') },
      }),
      project: PROJECT,
    },
    { signal },
  );
  if (!known) {
    const yaml = await readFile(resolve(FOLDER, 'study.yaml'), 'utf8');
    await createStudy(platform, COMMAND_LINE, { project: PROJECT, yaml });
  }
  const { id } = await database.study.findFirstOrThrow({
    where: { slug: STUDY, project: { slug: PROJECT } },
    select: { id: true },
  });
  await renderStudy(platform, id, signal);
  const opened = await openStudy(platform, COMMAND_LINE, address);
  const truth = await readTruth(resolve(FOLDER, 'truth.yaml'));
  await simulateRaters(
    platform,
    COMMAND_LINE,
    { ...address, truth, votes: SIMULATED_VOTES, seed: 1 },
    { signal },
  );
  await rankStudy(platform, id);
  return opened;
}
