import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import { afterAll, expect, test, vi } from 'vitest';
import { createVersion } from '#lib/datasets/create-version.ts';
import { inspectSource } from '#lib/datasets/inspect-source.ts';
import { newDatasetSchema } from '#lib/datasets/schema.ts';
import { canonicalRows, registerTable } from '#tests/factories/datasets.ts';
import { openTestFolder } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const project = await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const server = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: openTestFolder().path,
  configureBuckets: [{ name: 'tables', configs: [] }],
});
const { port } = await server.run();
afterAll(() => server.close());
vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER');
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER');
afterAll(() => vi.unstubAllEnvs());

const client = new S3Client({
  endpoint: `http://127.0.0.1:${port}`,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
});
afterAll(() => client.destroy());
const objects = {
  'run/part-1.csv': 'path,aes\na.mp4,1\n',
  'run/part-2.csv': 'path,aes\nb.mp4,2\n',
  'run/deep/part-3.csv': 'path,aes\nc.mp4,3\n',
  'run/notes.md': 'no table',
  'run-2/part-1.csv': 'path,aes\nz.mp4,9\n',
};
for (const [Key, Body] of Object.entries(objects))
  await client.send(new PutObjectCommand({ Bucket: 'tables', Key, Body }));

test('tables of a bucket come in: a folder, a pattern, one object', async () => {
  const paths = async (name: string, address: string) => {
    const version = await registerTable(platform, name, address);
    expect(version, name).toMatchObject({ problem: null, state: 'done' });
    return (await canonicalRows(platform, name)).map(({ path }) => path).toSorted();
  };
  expect(await paths('folder', 's3://tables/run')).toEqual(['a.mp4', 'b.mp4', 'c.mp4']);
  expect(await paths('pattern', 's3://tables/run/part-*.csv')).toEqual(['a.mp4', 'b.mp4']);
  expect(await paths('object', 's3://tables/run/part-2.csv')).toEqual(['b.mp4']);
});

test('a member of a project reads the buckets that are allowed, and nothing beside', async () => {
  const user = await createTestUser(platform, 'researcher');
  await platform.database.projectMember.create({
    data: { projectId: project.id, userId: user.id, role: 'researcher' },
  });
  const { environment } = platform;
  const limited = {
    ...platform,
    environment: { ...environment, importBuckets: ['s3://tables/run/'] },
  };
  const source = (path: string) => ({ kind: 'server' as const, path });
  const look = (path: string) =>
    inspectSource(limited, user.actor, { project: 'lab', source: source(path) });
  expect(await look('s3://tables/run')).toMatchObject({ files: 3 });
  for (const path of ['s3://tables/run-2', 's3://tables', 's3://other/run', 's3://tables/ru*/*'])
    await expect(look(path), path).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(look('s3://tables/run/none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const input = newDatasetSchema.parse({ name: 'Other', source: source('s3://tables/run-2') });
  await expect(
    createVersion(limited, user.actor, { ...input, project: 'lab' }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
