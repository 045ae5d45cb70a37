import type { Metadata } from 'next';
import { gatePage } from '#lib/http/gate-page.ts';
import { RatingApp } from './rating-app.tsx';

export const metadata: Metadata = { title: { absolute: 'Winnow' } };

/** Open to all: the code in the address is the secret, which the join checks. */
export default async function RatePage({ params }: { params: Promise<{ code: string }> }) {
  await gatePage('/rate/[code]');
  const { code } = await params;
  return <RatingApp code={code} />;
}
