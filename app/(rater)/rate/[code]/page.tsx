import { gatePage } from '#lib/http/gate-page.ts';
import { RatingApp } from './rating-app.tsx';

export default async function RatePage({ params }: { params: Promise<{ code: string }> }) {
  await gatePage('/rate/[code]');
  const { code } = await params;
  return <RatingApp code={code} />;
}
