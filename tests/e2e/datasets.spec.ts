import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { asAdmin, newProject } from './people.ts';

/** The server of this run may read this folder. */
const VIDEOS = resolve('examples/demo/videos');
const CLIPS = globSync('**/*.mp4', { cwd: VIDEOS }).toSorted();
/** A quarter of them is cut off. */
const KEPT = CLIPS.length - Math.floor(CLIPS.length / 4 + 0.5);

/** A table of the demo's videos with two scores, two ways of captioning, and one bad row. */
function tableOfClips(): string {
  const rows = CLIPS.map((path, index) =>
    [
      path,
      index / 10,
      4 + (index % 7) / 4,
      `scene ${index}`,
      `A long look at scene ${index}`,
    ].join(),
  );
  return ['path,flow,aes,short_caption,long_caption', ...rows, 'bad.mp4,fast,5,x,y', ''].join('\n');
}

test('a table becomes a dataset, cuts, a manifest and a study of its captions', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const admin = await asAdmin();
  const { slug } = await newProject(admin, 'Curated clips');
  await page.context().addCookies((await admin.storageState()).cookies);
  await admin.dispose();
  const dataset = `/projects/${slug}/datasets/clips`;

  await test.step('the table', async () => {
    await page.goto(`/projects/${slug}/datasets`);
    await expect(page.getByRole('heading', { name: 'No dataset yet' })).toBeVisible();
    await page.getByRole('link', { name: 'New dataset' }).click();
    await page.getByLabel('Table file').setInputFiles({
      name: 'clips.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(tableOfClips()),
    });
    // What the names tell is chosen already; the bad row made one column a text.
    await expect(page.getByLabel('What path means')).toHaveValue('path');
    await expect(page.getByLabel('What short_caption means')).toHaveValue('caption');
    await page.getByLabel('What flow means').selectOption('score');
    await page.getByLabel('Folder of the videos').fill(VIDEOS);
    await page.getByLabel('Refused rows allowed, %').fill('10');
    await page.getByRole('button', { name: 'Register the dataset' }).click();
    await page.waitForURL(`**${dataset}?version=1`);
    await expect(page.getByText('Ready', { exact: true })).toBeVisible({ timeout: 60_000 });
  });

  await test.step('what it looks like', async () => {
    await expect(page.getByText(`1 of ${CLIPS.length + 1} rows refused`)).toBeVisible();
    await expect(page.getByRole('table', { name: 'Refused rows' })).toContainText('fast');
    await expect(page.getByRole('img', { name: 'flow' })).toBeVisible();
    await expect(page.getByRole('img', { name: 'Correlations' })).toBeVisible();
    await page.getByText('Quantiles', { exact: true }).first().click();
    await expect(page.getByRole('table', { name: 'Quantiles of aes' })).toContainText('87.5 %');
  });

  await test.step('its clips', async () => {
    await page.getByRole('link', { name: 'Highest flow' }).click();
    const first = page.getByRole('button', { name: /^Open clip 1:/ });
    const last = CLIPS.length - 1;
    await expect(first).toHaveAccessibleName(`Open clip 1: A long look at scene ${last}`);
    await page.getByLabel('Words').fill('SCENE 1');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.getByText(/of \d+ clips$/)).toBeVisible();
    await page.getByLabel('Order').selectOption('asc');
    await expect(first).toHaveAccessibleName('Open clip 1: A long look at scene 1');
    await expect(page).toHaveURL(/text=SCENE\+1/);
    await page.keyboard.press('Escape');
    await first.focus();
    await page.keyboard.press('Enter');
    const video = page.getByRole('dialog').locator('video');
    await expect
      .poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime))
      .toBeGreaterThan(0);
    await page.keyboard.press('Escape');
  });

  await test.step('an axis and a manifest', async () => {
    await page.goto(dataset);
    await page.getByRole('link', { name: 'New axis' }).click();
    await page.getByLabel('Score', { exact: true }).selectOption('flow');
    await page.getByRole('button', { name: 'Find the cuts' }).click();
    const cuts = page.getByRole('table', { name: 'Cuts' });
    await expect(cuts).toBeVisible({ timeout: 60_000 });
    await expect(cuts.getByRole('row', { name: /^25 %/ })).toContainText(String(KEPT));
    await expect(page.getByRole('img', { name: /flow/ })).toBeVisible();
    const made = page.getByRole('link', { name: /\.csv$/ });
    await page
      .getByRole('button', { name: /^Make the manifest of .*25 %.* as CSV$/ })
      .first()
      .click();
    await expect(made).toBeVisible({ timeout: 60_000 });
    const file = await page.request.get((await made.getAttribute('href')) ?? '');
    expect((await file.text()).trim().split('\n')).toHaveLength(KEPT + 1);
  });

  await test.step('its captions in a study', async () => {
    await page.goto(dataset);
    await page.getByRole('link', { name: 'Compare captions' }).click();
    await page.getByLabel('Clips', { exact: true }).fill('6');
    await page.getByRole('button', { name: 'Compare captions' }).click();
    await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Make a study' }).click();
    await page.getByLabel('Title').fill('Which captions?');
    await page.getByRole('button', { name: /^Create/ }).click();
    await expect(page.getByRole('heading', { name: 'Which captions?' })).toBeVisible();
    await expect(page.getByText('short_caption').first()).toBeVisible();
    await expect(page.getByText('long_caption').first()).toBeVisible();
  });
});
