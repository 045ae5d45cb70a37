'use client';

import { useEffect, useRef } from 'react';

/** The question in turn. When it changes it lights up for a moment: it must not be missed. */
export function QuestionLine({ wording, note }: { wording: string; note: string | null }) {
  const line = useRef<HTMLHeadingElement>(null);
  const before = useRef(wording);
  useEffect(() => {
    if (before.current === wording) return;
    before.current = wording;
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    line.current?.animate(
      [{ backgroundColor: 'rgb(255 255 255 / 0.35)' }, { backgroundColor: 'transparent' }],
      { duration: 900, easing: 'ease-out' },
    );
  }, [wording]);
  return (
    <div className="shrink-0 px-3 pt-1 text-center">
      {note && <p className="text-xs text-neutral-400">{note}</p>}
      <h1
        ref={line}
        aria-live="polite"
        className="mx-auto w-fit rounded px-2 text-lg leading-snug font-semibold text-balance sm:text-2xl [@media(max-height:480px)]:text-lg"
      >
        {wording}
      </h1>
    </div>
  );
}
