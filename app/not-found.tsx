import type { Metadata } from 'next';
import { LinkButton } from '#components/button.tsx';
import { EntryPage } from './_parts/entry-page.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <EntryPage
      title="There is no such page"
      description="It was removed, or you may not see it. Check the address, or ask the person who gave it to you."
    >
      <LinkButton href="/" className="w-full">
        Go to the projects
      </LinkButton>
    </EntryPage>
  );
}
