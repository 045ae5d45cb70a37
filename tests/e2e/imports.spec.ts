import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makeTestVideo } from '#tests/factories/videos.ts';
import { asAdmin, newProject } from './people.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-upload-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('U2: 30 MiB in one request arrive with equal bytes', async () => {
  const admin = await asAdmin();
  const { slug } = await newProject(admin, 'Large uploads');
  const made = await admin.post(`/api/v1/projects/${slug}/imports`, {
    data: { name: 'Large', source: { kind: 'upload' } },
  });
  expect(made.status()).toBe(200);
  const content = randomBytes(30 * 1024 * 1024);
  const put = await admin.put(`/api/uploads/${slug}/large?path=a/x.mp4`, {
    data: content,
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(await put.json()).toEqual({
    path: 'a/x.mp4',
    bytes: content.length,
    hash: createHash('sha256').update(content).digest('hex'),
  });
});

test('a folder is uploaded, read, looked over and played', async ({ browser }) => {
  const admin = await asAdmin();
  const { slug } = await newProject(admin, 'Uploads');
  for (const arm of ['no filter', 'half']) {
    mkdirSync(join(folder, 'run', arm), { recursive: true });
    for (const prompt of ['beach', 'dog'])
      makeTestVideo(join(folder, 'run', arm, `${prompt}.mp4`), {
        metadata: { comment: `${arm} ${prompt}` },
      });
  }
  writeFileSync(join(folder, 'run/half/broken.mp4'), 'words');
  writeFileSync(join(folder, 'run/prompts.csv'), 'key,text\nbeach,Waves on a beach\n');

  const context = await browser.newContext({ storageState: await admin.storageState() });
  const page = await context.newPage();
  await page.goto(`/projects/${slug}/imports`);
  await page.getByRole('link', { name: 'New import' }).click();
  await page.getByLabel('Folder', { exact: true }).setInputFiles(join(folder, 'run'));
  const form = page.locator('section').filter({ hasText: 'From this computer' });
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('run');
  await page.getByRole('button', { name: 'Upload 6 files' }).click();
  await page.waitForURL(/\/imports\/run$/);
  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('1 file refused')).toBeVisible();
  await expect(page.getByText('run/half/broken.mp4')).toBeVisible();
  await expect(page.getByText('The file is text, not a video.', { exact: false })).toBeVisible();

  await page.getByRole('button', { name: 'Play Waves on a beach, by half' }).click();
  const video = page.getByRole('dialog').locator('video');
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime))
    .toBeGreaterThan(0);

  // The same folder again: nothing is sent, nothing changes.
  const sent: string[] = [];
  page.on('request', (each) => {
    if (each.url().includes('/api/uploads/')) sent.push(each.url());
  });
  await page.goto(`/projects/${slug}/imports/new?name=run`);
  await page.getByLabel('Folder', { exact: true }).setInputFiles(join(folder, 'run'));
  await page.getByRole('button', { name: 'Upload 6 files' }).click();
  await page.waitForURL(/\/imports\/run$/);
  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 60_000 });
  expect(sent).toEqual([]);
  await context.close();
});
