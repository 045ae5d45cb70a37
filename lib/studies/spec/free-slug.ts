import type { Platform } from '#lib/platform/platform.ts';

/** The wished slug, or the first of `wish-2`, `wish-3` ... that no study of the project has. */
export async function freeSlug(
  platform: Pick<Platform, 'database'>,
  projectId: number,
  wish: string,
): Promise<string> {
  const start = wish.slice(0, 56).replace(/-+$/, '');
  const rows = await platform.database.study.findMany({
    where: { projectId, slug: { startsWith: start } },
    select: { slug: true },
    distinct: ['slug'],
  });
  const taken = new Set(rows.map((row) => row.slug));
  if (!taken.has(wish)) return wish;
  for (let number = 2; ; number++)
    if (!taken.has(`${start}-${number}`)) return `${start}-${number}`;
}
