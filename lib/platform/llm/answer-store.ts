import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const keptAnswer = z.object({
  text: z.string(),
  promptTokens: z.int().min(0),
  completionTokens: z.int().min(0),
  /** What was paid for it when it was given. */
  costDollars: z.number().min(0),
});
export type KeptAnswer = z.infer<typeof keptAnswer>;

/** Answers of a language model in files, one each, named by the hash of what was asked. */
export class AnswerStore {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** @param question everything that the answer depends on, in a fixed order */
  static key(question: readonly (string | number)[]): string {
    return createHash('sha256').update(JSON.stringify(question)).digest('hex');
  }

  /** Null where there is none, or one that was damaged: then it is asked for again. */
  async find(key: string): Promise<KeptAnswer | null> {
    try {
      return keptAnswer.parse(JSON.parse(await readFile(this.path(key), 'utf8')));
    } catch {
      return null;
    }
  }

  /** Written beside and renamed, so that nobody reads half an answer. */
  async keep(key: string, answer: KeptAnswer): Promise<void> {
    const path = this.path(key);
    await mkdir(dirname(path), { recursive: true });
    const beside = `${path}.${randomUUID()}`;
    await writeFile(beside, JSON.stringify(answer));
    await rename(beside, path);
  }

  private path(key: string): string {
    return join(this.folder, key.slice(0, 2), `${key}.json`);
  }
}
