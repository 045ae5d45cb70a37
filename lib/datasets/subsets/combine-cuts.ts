import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { slugOf } from '#lib/accounts/slug.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { hashOfRank } from '../axes/cut-points.ts';
import { canonicalFiles } from '../canonical-files.ts';
import type { VersionAddress } from '../find-version.ts';
import { type ReadVersion, readVersion } from '../read-version.ts';
import { type ClipRows, clipRows } from './clip-rows.ts';
import { definitionHash } from './definition-hash.ts';
import { getSubset } from './get-subset.ts';
import { controlPrefix } from './hash-texts.ts';
import { cutSql, sampleSql } from './predicate.ts';
import {
  type CaptionMix,
  type CombinedCounts,
  type CombinedSubset,
  type NewCombined,
  type SubsetDefinition,
  subsetDefinitionSchema,
} from './schema.ts';

type Part = NewCombined['parts'][number];

export type CombineInput = VersionAddress & {
  name: string;
  slug?: string | undefined;
  /** One fraction of each of some axes; none where only the captions matter. */
  parts: readonly Part[];
  captionMix?: CaptionMix | null;
  hasControl?: boolean;
};

/**
 * Makes the subset of clips that the cuts of several axes keep together, with what each keeps alone,
 * and on request a random drop to the same number. Asking again gives the same subset.
 *
 * @throws AppError CONFLICT where the axes have different samples, or the name belongs to another
 *   subset; NOT_FOUND for an axis or fraction that is not computed; BAD_INPUT for a caption column
 */
export async function combineCuts(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables'>,
  actor: Actor,
  input: CombineInput,
): Promise<CombinedSubset> {
  const { parts, captionMix = null, hasControl = false, name, ...address } = input;
  await authorizeProject(platform, actor, address.project, 'project.write');
  const version = await readVersion(platform, actor, address);
  checkMix(version, captionMix);
  const slug = input.slug ?? slugOf(name, 'combined');
  const definition = await joinCuts(platform, version, parts, captionMix);
  const rows = clipRows(platform.tables, await canonicalFiles(platform, version));
  const counts = await countTogether(rows, definition);
  const clips = counts.together;
  const subset = await keep(platform, version, { slug, name, definition, counts, clips });
  let control: string | null = null;
  if (hasControl)
    control = await keep(platform, version, {
      slug: `${slug}-random`,
      name: `${name}, dropped at random`,
      definition: await randomDrop(rows, slug, definition, counts),
      counts: null,
      clips,
    });
  const read = (found: string) =>
    getSubset(platform, actor, { ...address, version: version.number, subset: found });
  return { subset: await read(subset), control: control === null ? null : await read(control) };
}

function checkMix({ columns, number }: ReadVersion, mix: CaptionMix | null): void {
  const captions = columns.filter(({ kind }) => kind === 'caption').map((column) => column.name);
  const unknown = mix?.columns.find(({ column }) => !captions.includes(column));
  if (unknown)
    throw new AppError(
      'BAD_INPUT',
      `Version ${number} has no caption column ${unknown.column}; it has ${captions.join(', ') || 'none'}.`,
      { field: 'captionMix' },
    );
}

async function joinCuts(
  { database }: Pick<Platform, 'database'>,
  version: ReadVersion,
  parts: readonly Part[],
  captionMix: CaptionMix | null,
): Promise<SubsetDefinition> {
  const definitions: SubsetDefinition[] = [];
  for (const { axis, fraction } of parts) {
    const rows = await database.subset.findMany({
      where: { versionId: version.id, axis: { slug: axis } },
      select: { definition: true },
    });
    const found = rows
      .map((row) => subsetDefinitionSchema.parse(row.definition))
      .find(({ cuts: [cut] }) => cut?.fraction === fraction);
    if (!found)
      throw new AppError(
        'NOT_FOUND',
        `Version ${version.number} has no computed cut of the axis "${axis}" at ${fraction}.`,
        { reason: 'cut', axis },
      );
    definitions.push(found);
  }
  const [first] = definitions;
  if (!first)
    return {
      sample: { size: null, seed: captionMix?.seed ?? 0, present: [], threshold: null },
      cuts: [],
      control: null,
      captionMix,
    };
  return {
    sample: commonSample(definitions),
    cuts: definitions
      .flatMap(({ cuts }) => cuts)
      .sort((a, b) => (a.axis < b.axis ? -1 : a.axis > b.axis ? 1 : a.fraction - b.fraction)),
    control: null,
    captionMix,
  };
}

/** The sample that all start from. Whole tables without clips that lack a score make one without any of them. */
function commonSample(definitions: readonly SubsetDefinition[]): SubsetDefinition['sample'] {
  const samples = definitions.map(({ sample }) => sample);
  const [first] = samples;
  if (!first) throw new RangeError('No sample was given.');
  const present = [...new Set(samples.flatMap((sample) => sample.present))].sort();
  const isCommon = samples.every(
    (sample) =>
      isDeepStrictEqual({ ...sample, present: [] }, { ...first, present: [] }) &&
      (sample.threshold === null || isDeepStrictEqual(sample.present, first.present)),
  );
  if (!isCommon)
    throw new AppError(
      'CONFLICT',
      'These axes start from different samples; make them with the same sample size, seed and missing values.',
      { reason: 'samples' },
    );
  return { ...first, present };
}

/** Counts in one look at the table. */
async function countTogether(
  rows: ClipRows,
  { sample, cuts }: SubsetDefinition,
): Promise<CombinedCounts> {
  const [row] = await rows.query((bindings) => {
    const kept = cuts.map(
      (cut, index) => `coalesce(${cutSql(cut, sample.seed, bindings)}, FALSE) AS k${index}`,
    );
    const each = cuts.map((_, index) => `count(*) FILTER (k${index}) AS k${index}`);
    const all = cuts.map((_, index) => `k${index}`).join(' AND ') || 'TRUE';
    return `SELECT ${['count(*) AS sampled', `count(*) FILTER (${all}) AS together`, ...each].join(', ')}
      FROM (SELECT ${['1 AS one', ...kept].join(', ')} FROM ${rows.from} WHERE ${sampleSql(sample, bindings)})`;
  });
  const counts = z.record(z.string(), z.int()).parse(row);
  return {
    sampled: counts.sampled ?? 0,
    alone: cuts.map(({ axis, fraction }, index) => ({
      axis,
      fraction,
      kept: counts[`k${index}`] ?? 0,
    })),
    together: counts.together ?? 0,
  };
}

async function randomDrop(
  rows: ClipRows,
  slug: string,
  { sample, captionMix }: SubsetDefinition,
  { sampled, together }: CombinedCounts,
): Promise<SubsetDefinition> {
  const removed = sampled - together;
  const threshold =
    removed === 0
      ? null
      : await hashOfRank(rows, {
          prefix: controlPrefix(sample.seed, slug),
          where: (bindings) => sampleSql(sample, bindings),
          rank: removed,
          clips: sampled,
        });
  return { sample, cuts: [], control: { label: slug, removed, threshold }, captionMix };
}

interface KeptSubset {
  slug: string;
  name: string;
  definition: SubsetDefinition;
  counts: CombinedCounts | null;
  clips: number;
}

/** @returns the short name under which the version holds this subset, which may be an earlier one */
async function keep(
  { database }: Pick<Platform, 'database'>,
  version: ReadVersion,
  { slug, name, definition, counts, clips }: KeptSubset,
): Promise<string> {
  const hash = definitionHash(version.hash, definition);
  await database.subset.createMany({
    data: { versionId: version.id, slug, name, definition, definitionHash: hash, clips },
    skipDuplicates: true,
  });
  const where = { versionId_definitionHash: { versionId: version.id, definitionHash: hash } };
  const kept = await database.subset.findUnique({ where });
  if (!kept)
    throw new AppError(
      'CONFLICT',
      `This version has another subset named "${slug}"; choose another name.`,
      { field: 'name' },
    );
  if (counts) await database.subset.update({ where, data: { counts } });
  return kept.slug;
}
