import { RatingApp } from './rating-app.tsx';

export default async function RatePage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  return <RatingApp code={code} />;
}
