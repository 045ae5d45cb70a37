import { createHash, randomBytes } from 'node:crypto';
import type { Platform } from '#lib/platform/platform.ts';
import { insertComparisons } from '#lib/studies/opening/insert-comparisons.ts';
import { type StudySpec, type StudySpecInput, studySpecSchema } from '#lib/studies/schema.ts';

export interface StudyOptions {
  readonly arms?: readonly string[];
  readonly prompts?: number;
  /** Videos of each arm on each prompt; 2 or more make `same` comparisons possible. */
  readonly takes?: number;
  readonly state?: 'draft' | 'running';
  /** The id of a project that is there already; a new one by default. */
  readonly projectId?: number;
  /** What else the spec says. */
  readonly spec?: Partial<StudySpecInput>;
  /** The blob of a rendition; random hashes that lead nowhere by default. */
  readonly rendition?: (arm: string, prompt: string, take: number) => TestRendition;
}

export interface TestRendition {
  readonly hash: string;
  readonly bytes: number;
  readonly wireBytes: number;
  readonly text?: string;
}

export interface TestStudy {
  readonly id: number;
  readonly project: string;
  readonly slug: string;
  readonly joinCode: string;
  readonly trialCode: string;
  readonly spec: StudySpec;
}

const word = () =>
  randomBytes(9)
    .toString('base64url')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '0');

/** A study whose renditions are ready, opened unless it is to stay a draft. */
export async function makeStudy(
  { database }: Pick<Platform, 'database'>,
  options: StudyOptions = {},
): Promise<TestStudy> {
  const { arms = ['one', 'two', 'three'], prompts = 4, takes = 1, state = 'running' } = options;
  const slug = `study-${word()}`;
  const spec = studySpecSchema.parse({
    slug,
    title: 'Which is better?',
    import: 'videos',
    arms: arms.map((name) => ({ name })),
    prompts: Array.from({ length: prompts }, (_, index) => ({
      key: `prompt-${index}`,
      text: `A thing does something, number ${index}.`,
    })),
    ...options.spec,
  } satisfies StudySpecInput);
  const project =
    options.projectId === undefined
      ? await database.project.create({ data: { slug: `project-${word()}`, name: 'P' } })
      : await database.project.findUniqueOrThrow({ where: { id: options.projectId } });
  const codes = { joinCode: `join-${word()}`, trialCode: `trial-${word()}` };
  const study = await database.study.create({
    data: {
      projectId: project.id,
      slug: spec.slug,
      kind: spec.kind,
      state: 'draft',
      title: spec.title,
      spec,
      seed: spec.seed,
      ...codes,
      arms: {
        create: spec.arms.map(({ name, level }, position) => ({ position, name, level })),
      },
      prompts: {
        create: spec.prompts.map(({ key, text }, position) => ({ position, key, text })),
      },
    },
    include: { arms: true, prompts: true },
  });
  const rendition = options.rendition ?? randomRendition;
  await database.rendition.createMany({
    data: study.arms.flatMap((arm) =>
      study.prompts.flatMap((prompt) =>
        Array.from({ length: takes }, (_, take) => ({
          studyId: study.id,
          armId: arm.id,
          promptId: prompt.id,
          take,
          state: 'ready' as const,
          sourceHash: createHash('sha256')
            .update(`${arm.name} ${prompt.key} ${take}`)
            .digest('hex'),
          ...rendition(arm.name, prompt.key, take),
        })),
      ),
    ),
  });
  if (state === 'running')
    await database.$transaction(async (transaction) => {
      await insertComparisons(transaction, study.id, spec);
      await transaction.study.update({ where: { id: study.id }, data: { state } });
    });
  return { id: study.id, project: project.slug, slug: spec.slug, spec, ...codes };
}

function randomRendition(): TestRendition {
  return { hash: randomBytes(32).toString('hex'), bytes: 1000, wireBytes: 1200 };
}
