import { beforeAll, expect, test } from 'vitest';
import { checkStudy } from '#lib/studies/checklist/check-study.ts';
import { createStudy } from '#lib/studies/create-study.ts';
import { openStudy } from '#lib/studies/opening/open-study.ts';
import { studyGrid } from '#lib/studies/overview/study-grid.ts';
import { suggestSpec } from '#lib/studies/spec/suggest-spec.ts';
import { pretendRendered, sha256 } from '#tests/factories/imported-videos.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
const { database } = platform;
const actor = { kind: 'system', name: 'test' } as const;
const CLIPS = ['boat', 'horse'];
const CAPTIONERS = ['coca', 'v-blip', 'llm'];

beforeAll(async () => {
  const project = await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
  const { id: importId } = await database.videoImport.create({
    data: {
      projectId: project.id,
      slug: 'captions',
      name: 'Captions',
      kind: 'caption',
      state: 'done',
      source: {},
    },
  });
  await database.video.createMany({
    data: CLIPS.map((clip) => ({
      importId,
      path: `${clip}.mp4`,
      model: '',
      prompt: clip,
      state: 'accepted' as const,
      hash: sha256(clip),
      width: 128,
      height: 64,
      fps: 8,
      durationSeconds: 1,
    })),
  });
  await database.caption.createMany({
    data: CAPTIONERS.flatMap((captioner) =>
      CLIPS.map((clip) => ({ importId, clip, captioner, text: `A ${clip}, says ${captioner}` })),
    ),
  });
});

test('a caption import becomes a study of two texts for one clip', async () => {
  const { spec } = await suggestSpec(platform, actor, { project: 'lab', import: 'captions' });
  expect(spec.kind).toBe('caption');
  expect(spec.questions.map((question) => question.key)).toEqual(['accuracy', 'detail']);
  await createStudy(platform, actor, { project: 'lab', spec });
  const study = await database.study.findFirstOrThrow({ where: { slug: 'captions' } });
  const address = { project: 'lab', study: 'captions' };
  const rows = await database.rendition.findMany({ where: { studyId: study.id } });
  expect(rows).toHaveLength(6);
  // One clip is rendered once for all captioners.
  expect(new Set(rows.map((row) => row.sourceHash)).size).toBe(2);

  await pretendRendered(platform, study.id);
  const checklist = await checkStudy(platform, actor, address);
  expect(checklist.items.map((item) => item.code)).toEqual(['example-missing']);
  expect((await openStudy(platform, actor, address)).wanted).toBe(3 * 2 * 2 * 3);
  const grid = await studyGrid(platform, actor, { ...address, offset: 0, limit: 1 });
  expect(grid.prompts[0]?.renditions.map((rendition) => rendition.text)).toEqual([
    'A boat, says coca',
    'A boat, says llm',
    'A boat, says v-blip',
  ]);
});

test('a captioner without a text for a clip is named', async () => {
  await database.caption.deleteMany({ where: { captioner: 'llm', clip: 'horse' } });
  const { spec } = await suggestSpec(platform, actor, { project: 'lab', import: 'captions' });
  expect(spec.slug).toBe('captions-2');
  await createStudy(platform, actor, { project: 'lab', spec });
  const { items } = await checkStudy(platform, actor, { project: 'lab', study: 'captions-2' });
  expect(items.find((item) => item.code === 'video-missing')?.names).toEqual(['llm / horse']);
});
