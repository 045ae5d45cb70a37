import type { Prisma, PrismaClient } from '#lib/platform/database/client.ts';

/** Slugs of the studies whose arms take videos from this import, as their specs name it. */
export async function studiesUsing(
  database: PrismaClient | Prisma.TransactionClient,
  { projectId, slug }: { projectId: number; slug: string },
): Promise<string[]> {
  const rows = await database.$queryRaw<{ slug: string }[]>`
    select distinct slug from study
    where project_id = ${projectId} and (spec ->> 'import' = ${slug} or exists (
      select 1 from jsonb_array_elements(spec -> 'arms') as arm
      where arm -> 'source' ->> 'import' = ${slug}))
    order by slug`;
  return rows.map((row) => row.slug);
}
