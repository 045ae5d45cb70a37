import { basename } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import type { PrismaClient } from '#lib/platform/database/client.ts';
import { leaseLost, type WorkLease } from '#lib/platform/database/work-lease.ts';
import type { FoundFile } from '#lib/platform/files/walk-folder.ts';
import type { ImportKind, ImportSource } from './schema.ts';
import type { ClipDraw } from './sources/draw-clips.ts';
import type { FileSet } from './sources/file-set.ts';
import {
  type CaptionPlan,
  findCaptionTable,
  type PlannedCaption,
  planCaptions,
} from './sources/plan-captions.ts';
import { planClips } from './sources/plan-clips.ts';
import { type PlannedVideo, planFolder, planTable, type VideoPlan } from './sources/plan-videos.ts';
import { reconcile, type Step } from './sources/reconcile.ts';

export interface Listing {
  files: FileSet;
  /** Of a source that takes its clips from a dataset. */
  draw: (() => Promise<ClipDraw>) | null;
  source: ImportSource;
  kind: ImportKind;
  name: string;
  signal: AbortSignal;
}

const BATCH = 500;
const NOTICE_LIMIT = 100;

/**
 * Finds out what the source of an import holds and brings the table of its videos up to that. Files
 * that were imported before stay as they are; the rest then waits to be decoded.
 *
 * @throws AppError with a sentence for a person, where the source as a whole can't be read
 */
export async function listSource(
  database: PrismaClient,
  lease: WorkLease,
  listing: Listing,
): Promise<void> {
  const plan = await makePlan(listing);
  const notices: string[] = [];
  let added: PlannedVideo[] = [];
  const flush = async () => {
    await addVideos(database, lease, added);
    added = [];
  };
  for (const step of reconcile(plan.videos, await knownVideos(database, lease.id))) {
    listing.signal.throwIfAborted();
    const due = step.kind === 'compare' ? await compare(listing.files, step) : step;
    if (due.kind === 'add') added.push(due.video);
    else if (due.kind === 'notice') notices.push(due.text);
    else await applyStep(database, due);
    if (added.length === BATCH) await flush();
  }
  await flush();
  if ('captions' in plan) notices.push(...(await addCaptions(database, lease.id, plan.captions)));
  const shown = notices.slice(0, NOTICE_LIMIT);
  if (notices.length > NOTICE_LIMIT) shown.push(`... and ${notices.length - NOTICE_LIMIT} more.`);
  const held = await database.videoImport.updateMany({
    where: { id: lease.id, attempt: lease.attempt, state: 'running' },
    data: { listedAt: new Date(), explanation: plan.explanation, notices: shown },
  });
  if (held.count === 0) throw leaseLost();
}

async function makePlan(listing: Listing): Promise<VideoPlan | CaptionPlan> {
  const { files, draw, source, kind, name } = listing;
  if (source.kind === 'clip-table') {
    if (!draw) throw new Error('a clip table is opened with its draw');
    return planClips(source, await draw());
  }
  if (source.kind === 'table') {
    const table = basename(source.path);
    return kind === 'caption' ? planCaptions(files, table, null) : planTable(files, table, null);
  }
  const found: FoundFile[] = [];
  for await (const file of files.list()) found.push(file);
  if (kind === 'caption') {
    const paths = found.map((file) => file.path);
    return planCaptions(files, await findCaptionTable(files, found), paths);
  }
  const soleModel = source.kind === 'folder' ? basename(source.path) : name;
  return planFolder(files, found, soleModel, source.layout);
}

async function knownVideos(database: PrismaClient, importId: number) {
  const rows = await database.video.findMany({
    where: { importId },
    select: {
      id: true,
      path: true,
      model: true,
      prompt: true,
      promptText: true,
      seed: true,
      state: true,
      reason: true,
      hash: true,
    },
  });
  return new Map(rows.map((row) => [row.path, row]));
}

/** Reads a known file again, to see whether its bytes are still the same. */
async function compare(
  files: FileSet,
  { path, hash, changed }: Extract<Step, { kind: 'compare' }>,
): Promise<Step> {
  try {
    return (await files.digest(path)).hash === hash ? { kind: 'nothing' } : changed;
  } catch (error) {
    // What can't be read now was read before: what was imported is kept, a refusal stands.
    if (error instanceof AppError) return { kind: 'nothing' };
    throw error;
  }
}

async function addVideos(
  database: PrismaClient,
  { id: importId }: WorkLease,
  videos: readonly PlannedVideo[],
): Promise<void> {
  await database.video.createMany({
    data: videos.map(({ refusal, ...video }) => ({
      ...video,
      importId,
      state: refusal === null ? ('waiting' as const) : ('refused' as const),
      reason: refusal,
    })),
    skipDuplicates: true,
  });
}

async function applyStep(
  database: PrismaClient,
  step: Exclude<Step, { kind: 'add' | 'notice' }>,
): Promise<void> {
  switch (step.kind) {
    case 'refuse':
      await database.video.update({
        where: { id: step.id },
        data: { state: 'refused', reason: step.reason, hash: null },
      });
      break;
    case 'wait': {
      const { model, prompt, promptText, seed } = step.video;
      await database.video.update({
        where: { id: step.id },
        data: { model, prompt, promptText, seed, state: 'waiting', reason: null, hash: null },
      });
      break;
    }
    case 'retext':
      await database.video.update({
        where: { id: step.id },
        data: { promptText: step.promptText },
      });
  }
}

/** Adds the captions that are new; one that has changed is told, since studies may show the old one. */
async function addCaptions(
  database: PrismaClient,
  importId: number,
  captions: readonly PlannedCaption[],
): Promise<string[]> {
  const known = new Map(
    (
      await database.caption.findMany({
        where: { importId },
        select: { clip: true, captioner: true, text: true },
      })
    ).map((row) => [JSON.stringify([row.clip, row.captioner]), row.text]),
  );
  const fresh: PlannedCaption[] = [];
  const notices: string[] = [];
  for (const caption of captions) {
    const text = known.get(JSON.stringify([caption.clip, caption.captioner]));
    if (text === undefined) fresh.push(caption);
    else if (text !== caption.text)
      notices.push(
        `The caption of ${caption.clip} by "${caption.captioner}" has changed; the earlier one was kept. Import the new one under another name.`,
      );
  }
  for (let start = 0; start < fresh.length; start += BATCH)
    await database.caption.createMany({
      data: fresh.slice(start, start + BATCH).map((caption) => ({ ...caption, importId })),
      skipDuplicates: true,
    });
  return notices;
}
