import type { ReactNode } from 'react';
import { Card, type CardProps } from '#components/card.tsx';

/** What a reader can jump to, in the order of the page. */
export interface ReportPart {
  readonly id: string;
  readonly label: string;
}

/** A card of the report that the list of contents leads to. */
export function ReportSection({ id, ...card }: CardProps & { id: string }) {
  return (
    <div id={id} className="scroll-mt-6">
      <Card {...card} />
    </div>
  );
}

/** Parts that belong together under one entry of the contents. */
export function ReportGroup({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id} className="flex scroll-mt-6 flex-col gap-6">
      {children}
    </div>
  );
}
