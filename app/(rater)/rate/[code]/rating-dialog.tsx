'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';

/** A modal dialog on the dark surround; it is open as long as it is rendered. Escape closes it. */
export function RatingDialog({
  title,
  startsAtTitle = false,
  onClose,
  children,
}: {
  title: string;
  /** For long texts, which are to be read from their start; else the first control has the focus. */
  startsAtTitle?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  useEffect(() => {
    const node = dialog.current;
    const before = document.activeElement;
    node?.showModal();
    if (startsAtTitle) heading.current?.focus();
    return () => {
      node?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [startsAtTitle]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="m-auto max-h-[90dvh] w-[min(34rem,calc(100vw-1.5rem))] overflow-y-auto rounded-xl bg-neutral-800 p-5 text-neutral-100 backdrop:bg-black/70"
    >
      <h2
        ref={heading}
        id={titleId}
        tabIndex={startsAtTitle ? -1 : undefined}
        className="text-lg font-semibold outline-none"
      >
        {title}
      </h2>
      <div className="mt-3 space-y-4 text-base leading-relaxed">{children}</div>
    </dialog>
  );
}
