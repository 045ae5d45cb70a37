import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { errorResponse } from '#lib/http/errors.ts';
import { raterMedia } from '#lib/http/media/serve-rater-media.ts';
import { createApi } from '#lib/http/serve-api.ts';
import type {
  AssignmentView,
  DrawView,
  RatingStudyView,
  ShownPair,
} from '#lib/studies/rating/schema.ts';
import { findWords, type PlantedStudy, plantStudy } from '#tests/factories/planted-study.ts';
import { openTestPlatform, TEST_ORIGIN } from '#tests/factories/platform.ts';
import { voteOn } from '#tests/factories/rater.ts';

const platform = await openTestPlatform();
const { database, media, blobs } = platform;
const serve = createApi(platform);
let study: PlantedStudy;

beforeAll(async () => {
  study = await plantStudy(platform);
});

interface Crawled {
  readonly what: string;
  readonly bytes: Buffer;
}

/** A browser that keeps everything it ever got. */
function crawler() {
  const got: Crawled[] = [];
  let cookie = '';
  const keep = async (what: string, response: Response): Promise<Buffer> => {
    const body = Buffer.from(await response.arrayBuffer());
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    got.push({ what, bytes: Buffer.concat([Buffer.from(`${headers}\n`), body]) });
    return body;
  };
  const post = async <Json>(path: string, body: object = {}): Promise<Json> => {
    const response = await serve(
      new Request(`${TEST_ORIGIN}/api/v1/rate/${path}`, {
        method: 'POST',
        headers: { origin: TEST_ORIGIN, 'content-type': 'application/json', cookie },
        body: JSON.stringify(body),
      }),
    );
    const lines = response.headers.getSetCookie();
    if (lines.length > 0) cookie = lines.map((line) => line.split(';')[0]).join('; ');
    return JSON.parse((await keep(path, response)).toString());
  };
  const fetchMedia = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(`${TEST_ORIGIN}${url}`, init);
    const response = await raterMedia(platform, request, url.split('/').at(-1) ?? '').catch(
      (error: unknown) => errorResponse(error, platform.log),
    );
    await keep(url, response.clone());
    return response;
  };
  return { got, post, fetchMedia };
}

const urlsOf = (pair: ShownPair) =>
  pair.kind === 'video' ? [pair.left.videoUrl, pair.right.videoUrl] : [pair.clip.videoUrl];

test('B1: nothing that a rater ever gets tells an arm', { timeout: 300_000 }, async () => {
  const { got, post, fetchMedia } = crawler();
  const { joinCode, trialCode } = study;
  const look = async (pairs: readonly { readonly pair: ShownPair }[]) => {
    for (const { pair } of pairs)
      for (const url of urlsOf(pair)) {
        await fetchMedia(url);
        await fetchMedia(url, { method: 'HEAD' });
        await fetchMedia(url, { headers: { range: 'bytes=0-99' } });
        await fetchMedia(url, { headers: { range: 'bytes=99999999-' } });
        await fetchMedia(`${url}x`);
      }
  };

  const joined = await post<RatingStudyView>(`${joinCode}/join`, { locale: 'zh' });
  expect(joined.training).toHaveLength(2);
  await look(joined.training);
  await post(`${joinCode}/training`);
  const first = await post<DrawView>(`${joinCode}/draw`);
  await look(first.assignments);
  const [pair, next] = first.assignments;
  if (pair === undefined || next === undefined) throw new Error('too little was drawn');
  const vote = voteOn(pair);
  await post(`${joinCode}/votes`, vote);
  await post(`${joinCode}/votes`, { ...vote, outcome: 'right' });
  const undone = await post<{ assignment: AssignmentView }>(`${joinCode}/undo`, vote);
  await look([undone.assignment]);
  await post(`${joinCode}/votes`, voteOn(undone.assignment));
  await post(`${joinCode}/broken`, { assignmentId: next.id, side: 'left', note: 'black' });
  await post(`${joinCode}/leave`);
  // Everything that can go wrong.
  await post(`${joinCode}/votes`, { ...vote, assignmentId: randomUUID() });
  await post(`${joinCode}/votes`, { ...vote, outcome: 'both' });
  await post(`${joinCode}/votes`, { ...vote, question: 5 });
  await post(`${joinCode}/undo`, { ...vote, assignmentId: randomUUID() });
  await post(`${joinCode}/votes`, voteOn(next));
  await post('nothing-at-all/join');
  await post('nothing-at-all/draw');
  // To the end of the session, and past it.
  for (;;) {
    const { assignments, end } = await post<DrawView>(`${joinCode}/draw`);
    await look(assignments);
    const [open] = assignments;
    if (open === undefined) {
      expect(end?.reason).toBe('session-done');
      break;
    }
    await post(`${joinCode}/votes`, voteOn(open));
  }
  await post(`${joinCode}/join`, { again: true });
  const trial = crawler();
  await trial.post(`${trialCode}/join`);
  const tried = await trial.post<DrawView>(`${trialCode}/draw`);
  for (const open of tried.assignments) {
    for (const url of urlsOf(open.pair)) await trial.fetchMedia(url);
    await trial.post(`${trialCode}/votes`, voteOn(open));
  }
  await database.study.update({ where: { id: study.id }, data: { state: 'closed' } });
  await post(`${joinCode}/join`);
  await post(`${joinCode}/draw`);
  await post(`${joinCode}/votes`, vote);
  await post(`${joinCode}/votes`, voteOn(pair, { question: 3 }));
  await database.study.update({ where: { id: study.id }, data: { state: 'running' } });

  const all = [...got, ...trial.got];
  expect(all.length).toBeGreaterThan(100);
  expect(
    all.flatMap(({ what, bytes }) => findWords(bytes, study.words).map((w) => [what, w])),
  ).toEqual([]);
});

test('the search itself finds what is hidden', () => {
  const [arm = ''] = study.words;
  const hash = study.renditionHashes[0] ?? '';
  for (const hidden of [
    Buffer.from(`{"x":"${arm}"}`),
    Buffer.from(Buffer.from(`{"ab":"${arm}","c":1}`).toString('base64url')),
    Buffer.from(Buffer.from(`{"abc":"${arm}","c":1}`).toString('base64')),
    Buffer.concat([Buffer.from('x'), Buffer.from(hash, 'hex')]),
    Buffer.from(Buffer.from(hash, 'hex').toString('base64url')),
  ])
    expect(findWords(hidden, study.words)).toHaveLength(1);
});

test('the two sides of a pair differ in nothing but their address and tag', async () => {
  const { post, fetchMedia } = crawler();
  await post(`${study.joinCode}/join`);
  const { assignments } = await post<DrawView>(`${study.joinCode}/draw`);
  for (const { pair } of assignments) {
    const [left, right] = await Promise.all(urlsOf(pair).map((url) => fetchMedia(url)));
    const headersOf = (response: Response | undefined) =>
      Object.fromEntries([...(response?.headers ?? [])].filter(([name]) => name !== 'etag'));
    expect(headersOf(left)).toEqual(headersOf(right));
    const urls = urlsOf(pair);
    expect(urls[0]?.length).toBe(urls[1]?.length);
  }
});

test('B3: what is sent has one profile and no tag', async () => {
  const profiles = new Set<string>();
  for (const hash of study.renditionHashes) {
    const path = await blobs.localPath(hash);
    profiles.add(JSON.stringify(await media.inspectVideo(path)));
    const bytes = Buffer.concat(await Array.fromAsync(await blobs.open(hash)));
    expect(findWords(bytes, study.words)).toEqual([]);
    for (const tag of ['Lavf', 'Lavc', 'x264', 'encoder', 'creation_time'])
      expect(bytes.includes(Buffer.from(tag, 'latin1')), tag).toBe(false);
    // The list of tags that the container asks for is empty: a box of its header alone.
    expect(bytes.readUInt32BE(bytes.indexOf('ilst') - 4)).toBe(8);
  }
  expect(profiles.size).toBe(1);
});

test('B4: one clip before two raters has no equal address or tag', async () => {
  const seen: Map<string, string>[] = [];
  for (let rater = 0; rater < 2; rater++) {
    const { post, fetchMedia } = crawler();
    const tags = new Map<string, string>();
    const joined = await post<RatingStudyView>(`${study.joinCode}/join`);
    const { assignments } = await post<DrawView>(`${study.joinCode}/draw`);
    for (const { pair } of [...joined.training, ...assignments])
      for (const url of urlsOf(pair))
        tags.set(url, (await fetchMedia(url, { method: 'HEAD' })).headers.get('etag') ?? '');
    seen.push(tags);
  }
  const [first, second] = seen as [Map<string, string>, Map<string, string>];
  expect(first.size).toBeGreaterThan(4);
  for (const [url, etag] of second) {
    expect(first.has(url)).toBe(false);
    expect([...first.values()]).not.toContain(etag);
  }
});
