import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findImport, type ImportAddress } from './find-import.ts';
import type { Candidates, CandidateVideo } from './schema.ts';

/**
 * What an import offers to studies: its models (or captioners) and, a page at a time, its prompts
 * with the videos (or captions) that each model made. Refused files do not appear.
 *
 * @throws AppError NOT_FOUND
 */
export async function listCandidates(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: ImportAddress & { cursor?: string | undefined; limit: number },
): Promise<Candidates> {
  const { row } = await findImport(platform, actor, input, 'project.read');
  const { database } = platform;
  const isCaption = row.kind === 'caption';
  const [models, totals, prompts] = await Promise.all([
    isCaption
      ? database.$queryRaw<{ name: string; prompts: number }[]>`
          select captioner as name, count(*)::int as prompts from caption join video v
            on v.import_id = caption.import_id and v.prompt = caption.clip and v.state = 'accepted'
          where caption.import_id = ${row.id} group by captioner order by captioner collate "C"`
      : database.$queryRaw<{ name: string; prompts: number }[]>`
          select model as name, count(distinct prompt)::int as prompts from video
          where import_id = ${row.id} and state = 'accepted'
          group by model order by model collate "C"`,
    database.$queryRaw<{ prompts: number }[]>`
      select count(distinct prompt)::int as prompts from video
      where import_id = ${row.id} and state = 'accepted'`,
    database.$queryRaw<{ prompt: string; text: string | null }[]>`
      select prompt, max(prompt_text) as text from video
      where import_id = ${row.id} and state = 'accepted'
        and prompt collate "C" > ${input.cursor ?? ''}
      group by prompt order by prompt collate "C" limit ${input.limit + 1}`,
  ]);
  const page = prompts.slice(0, input.limit);
  const keys = page.map((prompt) => prompt.prompt);
  const [videos, captions] = await Promise.all([
    database.video.findMany({
      where: { importId: row.id, state: 'accepted', prompt: { in: keys } },
      select: {
        id: true,
        model: true,
        prompt: true,
        seed: true,
        path: true,
        width: true,
        height: true,
        fps: true,
        durationSeconds: true,
      },
      orderBy: [{ seed: 'asc' }, { id: 'asc' }],
    }),
    isCaption
      ? database.caption.findMany({
          where: { importId: row.id, clip: { in: keys } },
          select: { clip: true, captioner: true, text: true },
        })
      : [],
  ]);
  return {
    models,
    prompts: totals[0]?.prompts ?? 0,
    nextCursor: prompts.length > input.limit ? (keys.at(-1) ?? null) : null,
    rows: page.map(({ prompt, text }) => {
      const ofPrompt = videos.filter((video) => video.prompt === prompt);
      return {
        prompt,
        text: text ?? prompt,
        clip: isCaption && ofPrompt[0] ? candidateVideo(ofPrompt[0]) : null,
        cells: models.map(({ name }) => ({
          model: name,
          videos: ofPrompt
            .filter((video) => !isCaption && video.model === name)
            .map(candidateVideo),
          caption: captions.find((c) => c.clip === prompt && c.captioner === name)?.text ?? null,
        })),
      };
    }),
  };
}

type VideoRow = Pick<CandidateVideo, 'id' | 'seed' | 'path'> & {
  [key in 'width' | 'height' | 'fps' | 'durationSeconds']: number | null;
};

/** Decoding gave every accepted video its numbers; the columns are empty for others alone. */
function candidateVideo({ id, seed, path, ...numbers }: VideoRow): CandidateVideo {
  const { width, height, fps, durationSeconds } = numbers;
  return {
    id,
    seed,
    path,
    width: width ?? 0,
    height: height ?? 0,
    fps: fps ?? 0,
    durationSeconds: durationSeconds ?? 0,
  };
}
