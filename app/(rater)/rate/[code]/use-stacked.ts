'use client';

import { useState } from 'react';
import type { RatingStudyView } from '#lib/studies/rating/schema.ts';
import { useMediaQuery } from './media-query.ts';

/** Whether the two sides lie one above the other: the player tells for videos, the width for texts. */
export function useStacked(kind: RatingStudyView['kind']) {
  const [isPairStacked, onLayout] = useState(false);
  const isNarrow = useMediaQuery('(max-width: 639px)');
  return { isStacked: kind === 'caption' ? isNarrow : isPairStacked, onLayout };
}
