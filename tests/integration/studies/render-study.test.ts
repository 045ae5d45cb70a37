import { Readable } from 'node:stream';
import { beforeAll, expect, test } from 'vitest';
import { checkStudy } from '#lib/studies/checklist/check-study.ts';
import { createStudy } from '#lib/studies/create-study.ts';
import { openStudy } from '#lib/studies/opening/open-study.ts';
import { renderStudy } from '#lib/studies/renditions/render-study.ts';
import { renewRenditions } from '#lib/studies/renditions/renew-renditions.ts';
import { createImportedVideos } from '#tests/factories/imported-videos.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
const { database, blobs, media } = platform;
const actor = { kind: 'system', name: 'test' } as const;
const ARMS = ['crf-18', 'crf-46'];
const PROMPTS = ['rocket', 'box'];
const hashes = new Map<string, string>();
const never = new AbortController().signal;

beforeAll(async () => {
  const project = await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
  for (const arm of ARMS)
    for (const prompt of PROMPTS) {
      const { hash } = await blobs.putFile(`examples/demo/videos/${arm}/${prompt}.mp4`);
      hashes.set(`${arm} ${prompt}`, hash);
    }
  await createImportedVideos(platform, {
    projectId: project.id,
    slug: 'clips',
    models: ARMS,
    prompts: PROMPTS,
    hashOf: (model, prompt) => hashes.get(`${model} ${prompt}`) ?? '',
  });
});

const yamlOf = (slug: string, rendition = '{ width: 128, height: 72, fps: 8 }') => `slug: ${slug}
title: Compression
import: clips
arms: [{ name: crf-18 }, { name: crf-46 }]
prompts: [{ key: rocket, text: A rocket }, { key: box, text: A box }]
rendition: ${rendition}
`;
const create = async (slug: string, rendition?: string) => {
  await createStudy(platform, actor, { project: 'lab', yaml: yamlOf(slug, rendition) });
  return (await database.study.findFirstOrThrow({ where: { slug } })).id;
};
const renditionsOf = (studyId: number) =>
  database.rendition.findMany({
    where: { studyId },
    orderBy: [{ prompt: { position: 'asc' } }, { arm: { position: 'asc' } }],
  });

test('every video is brought to one form, one length a prompt, and the study can open', async () => {
  const studyId = await create('render');
  await renderStudy(platform, studyId, never);
  const rows = await renditionsOf(studyId);
  expect(rows.map((row) => row.state)).toEqual(['ready', 'ready', 'ready', 'ready']);
  const [first, second] = rows;
  // The two arms of a prompt differ in their own size, and not in what is sent.
  expect(first?.bytes).not.toBe(second?.bytes);
  expect(first?.wireBytes).toBe(second?.wireBytes);
  for (const row of rows) {
    expect((row.wireBytes ?? 0) % 4096).toBe(0);
    expect((row.wireBytes ?? 0) - (row.bytes ?? 0)).toBeGreaterThanOrEqual(16);
    const info = await media.inspectVideo(await blobs.localPath(row.hash ?? ''));
    expect(info).toMatchObject({ width: 128, height: 72, fps: 8, frameCount: 8, codec: 'h264' });
    expect(row.transform).toMatchObject({ scaled: {}, cropped: {}, masked: [] });
    expect(await blobs.has(row.posterHash ?? '')).toBe(true);
    expect(await blobs.has(row.sheetHash ?? '')).toBe(true);
  }
  const address = { project: 'lab', study: 'render' };
  expect((await openStudy(platform, actor, address)).state).toBe('running');
  expect(await database.comparison.count({ where: { studyId } })).toBe(2);
});

test('the same original in the same form is never rendered twice', async () => {
  const rendered = await database.renderedVideo.count();
  const studyId = await create('again');
  const rows = await renditionsOf(studyId);
  expect(rows.map((row) => row.state)).toEqual(['ready', 'ready', 'ready', 'ready']);
  expect(rows[0]?.wireBytes).toBe(rows[1]?.wireBytes);
  await renderStudy(platform, studyId, never);
  expect(await database.renderedVideo.count()).toBe(rendered);
  const other = await create('smaller', '{ width: 64, height: 64, fps: 8 }');
  expect((await renditionsOf(other))[0]?.state).toBe('waiting');
});

test('a stopped job goes on where it was', async () => {
  const studyId = await create('stopped', '{ width: 96, height: 64, fps: 8 }');
  const stop = new AbortController();
  const afterOne = {
    ...platform,
    media: {
      ...media,
      makeContactSheet: async (...call: Parameters<typeof media.makeContactSheet>) => {
        const report = await media.makeContactSheet(...call);
        stop.abort(new Error('the worker stops'));
        return report;
      },
    },
  };
  await expect(renderStudy(afterOne, studyId, stop.signal)).rejects.toThrow('the worker stops');
  const states = (await renditionsOf(studyId)).map((row) => row.state);
  expect(states).toEqual(['ready', 'waiting', 'waiting', 'waiting']);
  await renderStudy(platform, studyId, never);
  expect((await renditionsOf(studyId)).every((row) => row.state === 'ready')).toBe(true);
});

test('a draft that changes while its videos are made ends in its new form', async () => {
  const studyId = await create('changing', '{ width: 80, height: 64, fps: 8 }');
  let isChanged = false;
  const changing = {
    ...platform,
    media: {
      ...media,
      makePoster: async (...call: Parameters<typeof media.makePoster>) => {
        const report = await media.makePoster(...call);
        const { spec } = await database.study.findUniqueOrThrow({ where: { id: studyId } });
        const changed = { ...(spec as object), rendition: { width: 72, height: 64, fps: 8 } };
        if (!isChanged)
          await database.study.update({ where: { id: studyId }, data: { spec: changed } });
        isChanged = true;
        return report;
      },
    },
  };
  await renderStudy(changing, studyId, never);
  for (const row of await renditionsOf(studyId)) {
    const info = await media.inspectVideo(await blobs.localPath(row.hash ?? ''));
    expect(info.width).toBe(72);
  }
});

test('a video that fails is named with its reason, the rest goes on, and it can be tried again', async () => {
  const { hash } = await blobs.putStream(Readable.from([Buffer.from('not a video at all')]));
  const where = { model: 'crf-46', prompt: 'box' };
  await database.video.updateMany({ where, data: { hash } });
  const studyId = await create('failing');
  await renderStudy(platform, studyId, never);
  const address = { project: 'lab', study: 'failing' };
  const before = await checkStudy(platform, actor, address);
  expect(before.canOpen).toBe(false);
  expect(before.renditions).toEqual({ wanted: 4, ready: 3, waiting: 0, failed: 1 });
  expect(before.items.find((item) => item.code === 'rendition-failed')?.names).toEqual([
    'crf-46 / box: The file is text, not a video. Send MP4, MOV, WebM, MKV, AVI, GIF, OGV or MPEG.',
  ]);

  await database.video.updateMany({ where, data: { hash: hashes.get('crf-46 box') ?? '' } });
  const after = await renewRenditions(platform, actor, address);
  expect(after.canOpen).toBe(true);
});

test('a video that is shorter than the study asks is named', async () => {
  const studyId = await create('long', '{ width: 64, height: 64, fps: 8, durationSeconds: 100 }');
  await renderStudy(platform, studyId, never);
  expect((await renditionsOf(studyId))[0]?.reason).toMatch(/100\.00 s are needed/);
});
