import { expect, type Locator, type Page } from '@playwright/test';

/** Where people rate: found by what they read and hear. Texts are the English ones. */
export class RatingPage {
  readonly page: Page;
  readonly left: Locator;
  readonly tie: Locator;
  readonly right: Locator;
  readonly undo: Locator;
  readonly start: Locator;
  readonly question: Locator;
  readonly progress: Locator;

  constructor(page: Page) {
    this.page = page;
    this.left = page.getByRole('button', { name: /^(Left|Top)$/ });
    this.tie = page.getByRole('button', { name: 'Tie', exact: true });
    this.right = page.getByRole('button', { name: /^(Right|Bottom)$/ });
    this.undo = page.getByRole('button', { name: 'Take the last vote back' });
    this.start = page.getByRole('button', { name: /^Start/ });
    this.question = page.getByRole('heading', { level: 1 });
    this.progress = page.getByRole('progressbar', { name: 'Pairs done' });
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await expect(this.start).toBeVisible();
  }

  /** Opens the link and goes to the first pair. */
  async begin(path: string): Promise<void> {
    await this.open(path);
    await this.start.click();
  }

  /** Waits until this many pairs are done and the pair on screen may be voted on. */
  async untilVotable(done: number): Promise<void> {
    await expect(this.progress).toHaveAttribute('aria-valuenow', String(done));
    await expect(this.left).toBeEnabled();
  }

  /** The videos on screen, not those that wait for their turn. */
  videos(): Locator {
    return this.page.getByTestId('pair-on-screen').locator('video');
  }

  /** The completion code of the thank-you page. */
  code(): Locator {
    return this.page.locator('code');
  }
}
