import type { PrismaClient } from '#lib/platform/database/client.ts';
import { studySpecSchema } from '#lib/studies/schema.ts';

/**
 * A running study written straight into the tables: arms `strong`, `middle` and `weak`, two
 * prompts, two questions, cells of three votes, and four raters, or as many prompts and raters more as
 * asked for. For tests of what follows votes.
 */
export async function writeRankedStudy(database: PrismaClient, slug: string, more = 0) {
  const others = Array.from({ length: more }, (_, n) => `more-${n}`);
  const spec = studySpecSchema.parse({
    slug,
    title: `The study ${slug}`,
    import: 'runs',
    axis: { kind: 'removed-fraction', name: 'Motion score' },
    arms: [
      { name: 'strong', level: 0 },
      { name: 'middle', level: 0.25 },
      { name: 'weak', level: 0.5 },
    ],
    prompts: [
      { key: 'cat', text: 'A cat runs' },
      { key: 'dog', text: 'A dog sleeps' },
      ...others.map((key) => ({ key, text: key })),
    ],
  });
  const project = await database.project.create({ data: { slug: `project-${slug}`, name: slug } });
  const study = await database.study.create({
    data: {
      projectId: project.id,
      slug,
      kind: 'video',
      state: 'running',
      title: spec.title,
      spec,
      seed: 5,
      joinCode: `join-${slug}`,
      trialCode: `trial-${slug}`,
      arms: { create: spec.arms.map(({ name, level }, position) => ({ name, level, position })) },
      prompts: { create: spec.prompts.map(({ key, text }, position) => ({ key, text, position })) },
    },
    include: {
      arms: { orderBy: { position: 'asc' } },
      prompts: { orderBy: { position: 'asc' } },
    },
  });
  const comparisons = [];
  for (const prompt of study.prompts)
    for (const [i, a] of study.arms.entries())
      for (const b of study.arms.slice(i + 1)) {
        const renditions = await Promise.all(
          [a, b].map((arm) =>
            database.rendition.upsert({
              where: { armId_promptId_take: { armId: arm.id, promptId: prompt.id, take: 0 } },
              create: {
                studyId: study.id,
                armId: arm.id,
                promptId: prompt.id,
                state: 'ready',
                sourceHash: '0'.repeat(64),
              },
              update: {},
            }),
          ),
        );
        comparisons.push(
          await database.comparison.create({
            data: {
              studyId: study.id,
              promptId: prompt.id,
              armAId: a.id,
              armBId: b.id,
              renditionAId: renditions[0]?.id ?? 0,
              renditionBId: renditions[1]?.id ?? 0,
              cells: {
                create: [0, 1].map((question) => ({
                  studyId: study.id,
                  question,
                  wanted: 3,
                  shuffle: question,
                })),
              },
            },
          }),
        );
      }
  const raters = await Promise.all(
    ['ada', 'ben', 'cy', 'dee', ...others].map((externalId) =>
      database.rater.create({ data: { studyId: study.id, origin: 'link', externalId } }),
    ),
  );
  return { project, study, comparisons, raters };
}
