import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importDirectly } from '#lib/generation/import-directly.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { createStudy } from '#lib/studies/create-study.ts';
import { openStudy } from '#lib/studies/opening/open-study.ts';
import { renderStudy } from '#lib/studies/renditions/render-study.ts';
import { makeTestVideo } from './videos.ts';

const SYSTEM = { kind: 'system', name: 'test' } as const;
const SIZE = { width: 96, height: 64, fps: 12 };

/** A study in which everything that tells an arm is a word that exists nowhere else. */
export interface PlantedStudy {
  readonly id: number;
  readonly project: string;
  readonly slug: string;
  readonly joinCode: string;
  readonly trialCode: string;
  /** What must never reach a rater: names, file names, metadata, hashes. */
  readonly words: readonly string[];
  /** The renditions' files. */
  readonly renditionHashes: readonly string[];
}

/** Imports, renders and opens a study of real clips the way a researcher does. */
export async function plantStudy(platform: Platform): Promise<PlantedStudy> {
  const words: string[] = [];
  const plant = (kind: string) => {
    const word = `zq${kind}${randomBytes(8).toString('hex')}`;
    words.push(word);
    return word;
  };
  const arms = ['arm', 'arm', 'arm'].map(plant);
  const models = arms.map(() => plant('model'));
  const prompts = ['file', 'file', 'file'].map(plant);
  const importName = plant('import');
  const folder = mkdtempSync(join(tmpdir(), 'winnow-planted-'));
  for (const [index, model] of models.entries()) {
    mkdirSync(join(folder, model));
    for (const [place, prompt] of prompts.entries()) {
      const path = join(folder, model, `${prompt}.mp4`);
      const metadata = { comment: plant('comment'), title: plant('title') };
      // No two show the same pictures.
      const source = { width: 96 * (index + 1), height: 64 * (index + 1), fps: 12 * (place + 1) };
      makeTestVideo(path, { ...source, frames: source.fps * 2, metadata });
      words.push(createHash('sha256').update(readFileSync(path)).digest('hex'));
    }
  }
  const project = plant('project');
  const slug = plant('study');
  await platform.database.project.create({ data: { slug: project, name: plant('projectname') } });
  const { signal } = new AbortController();
  const imported = await importDirectly(
    platform,
    SYSTEM,
    {
      project,
      name: importName,
      kind: 'video',
      source: { kind: 'folder', path: folder, layout: 'equal-names' },
    },
    { signal },
  );
  rmSync(folder, { recursive: true });
  const example = (right: number) => ({
    prompt: prompts[0],
    left: arms[0],
    right: arms[right],
    expected: 'right',
    explanation: { en: 'It is the sharper one.' },
  });
  await createStudy(platform, SYSTEM, {
    project,
    yaml: JSON.stringify({
      slug,
      title: 'Which is better?',
      description: plant('description'),
      import: imported.slug,
      arms: arms.map((name, index) => ({
        name,
        source: { model: models[index] },
      })),
      prompts: prompts.map((key, index) => ({ key, text: `A thing moves, number ${index}.` })),
      questions: [
        {
          key: 'quality',
          wording: { en: 'Which looks better?', zh: '哪个更好?' },
          examples: [example(1), example(2)],
        },
      ],
      rendition: { ...SIZE, durationSeconds: 1 },
      session: { pairs: 6 },
      shares: { repeat: 0.1 },
    }),
  });
  const row = await platform.database.study.findFirstOrThrow({ where: { slug } });
  await renderStudy(platform, row.id, signal);
  await openStudy(platform, SYSTEM, { project, study: slug });
  const renditions = await platform.database.rendition.findMany({ where: { studyId: row.id } });
  const renditionHashes = renditions.map(({ hash }) => hash ?? '');
  return {
    ...{ id: row.id, project, slug, joinCode: row.joinCode, trialCode: row.trialCode },
    words: [
      ...words,
      ...renditionHashes,
      ...renditions.flatMap(({ posterHash, sheetHash }) => [posterHash ?? '', sheetHash ?? '']),
    ].filter((word) => word !== ''),
    renditionHashes,
  };
}

/** The words of a list that some bytes hold, as text, in hexadecimal or in base64 at any place. */
export function findWords(bytes: Buffer, words: readonly string[]): string[] {
  return words.filter((word) => formsOf(word).some((form) => bytes.includes(form)));
}

const forms = new Map<string, Buffer[]>();

function formsOf(word: string): Buffer[] {
  const known = forms.get(word);
  if (known !== undefined) return known;
  const raw = /^[0-9a-f]{64}$/.test(word) ? [Buffer.from(word, 'hex')] : [];
  const made = [Buffer.from(word), ...raw].flatMap((bytes) => [
    bytes,
    Buffer.from(bytes.toString('hex')),
    ...[0, 1, 2].flatMap((shift) => base64At(bytes, shift)),
  ]);
  forms.set(word, made);
  return made;
}

/** What base64 of a longer text has of these bytes when they begin at this place of a group of three. */
function base64At(bytes: Buffer, shift: number): Buffer[] {
  const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
  const whole = padded.subarray(0, padded.length - (padded.length % 3));
  // The first group depends on what stands before.
  const from = shift === 0 ? 0 : 4;
  return (['base64', 'base64url'] as const).map((encoding) =>
    Buffer.from(whole.toString(encoding).slice(from)),
  );
}
