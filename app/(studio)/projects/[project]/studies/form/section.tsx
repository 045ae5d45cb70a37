import type { ReactNode } from 'react';
import { Card } from '#components/card.tsx';

/** A part of the form that the checklist can lead to. */
export function Section(props: {
  id: string;
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { id, ...card } = props;
  return (
    <div id={id} className="scroll-mt-6">
      <Card {...card}>{card.children}</Card>
    </div>
  );
}
