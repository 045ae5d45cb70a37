// Accounts in the browser: signing in and out, a first project, another person.
import { expect, test } from '@playwright/test';
import { ADMIN, asAdmin } from './people.ts';

test.beforeAll(async () => {
  await (await asAdmin()).dispose();
});

test('signs in where it was asked, makes a project and a user, and signs out', async ({ page }) => {
  await page.goto('/users');
  await expect(page).toHaveURL('/sign-in?next=%2Fusers');
  await page.getByLabel('E-mail address').fill(ADMIN.email);
  await page.getByLabel('Password').fill('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'belong together' })).toBeVisible();
  await page.getByLabel('Password').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible();

  const email = `grace-${process.pid}@example.org`;
  await page.getByRole('button', { name: 'New user' }).click();
  await page.getByLabel('Name').fill('Grace Hopper');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('First password').fill('a long enough password');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('Researcher');

  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await page.getByRole('button', { name: 'New project' }).click();
  await page.getByLabel('Name').fill('Spring models');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page).toHaveURL(/\/projects\/spring-models/);

  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByRole('button', { name: 'Add a member' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('Researcher');

  await page.getByRole('button', { name: `Account of ${ADMIN.name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a session that ended elsewhere leads back to the sign-in page', async ({ page, context }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(ADMIN.email);
  await page.getByLabel('Password').fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
  await context.clearCookies();
  await page.getByRole('link', { name: 'Users' }).click();
  await expect(page).toHaveURL('/sign-in?next=%2Fusers');
});

test('a link that was used says so', async ({ page }) => {
  await page.goto('/setup/no-such-token');
  await expect(page.getByRole('heading', { name: 'This link has been used' })).toBeVisible();
});
