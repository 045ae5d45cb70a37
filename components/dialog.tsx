'use client';

import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

export interface DialogProps {
  title: string;
  description?: ReactNode;
  isOpen: boolean;
  /** Called for Escape, the cross and a press beside the dialog. */
  onClose: () => void;
  /** For pictures rather than words. */
  isWide?: boolean;
  children: ReactNode;
}

/** A sheet above the page that has to be answered or closed; the rest can't be reached meanwhile. */
export function Dialog({
  title,
  description,
  isOpen,
  onClose,
  isWide = false,
  children,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!isOpen) return element?.close();
    element?.showModal();
    // The browser would choose the cross.
    element?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the browser closes a dialog by Escape
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      className={classNames(
        isWide ? 'w-[min(56rem,calc(100vw-2rem))]' : 'w-[min(32rem,calc(100vw-2rem))]',
        'rounded-2xl border border-line bg-surface p-0 text-ink shadow-float backdrop:bg-ink/40',
      )}
    >
      {isOpen && (
        <div className="flex flex-col gap-5 p-5 sm:p-6">
          <header className="flex items-start justify-between gap-4">
            <div>
              <h2 id={id} className="text-lg font-semibold">
                {title}
              </h2>
              {description && <p className="mt-1 text-sm text-ink-faint">{description}</p>}
            </div>
            <Button
              variant="quiet"
              size="sm"
              aria-label="Close"
              icon={<X aria-hidden />}
              onClick={onClose}
              className="-mt-1 -mr-2"
            />
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}

/** The buttons at the end of a dialog or a form, the main one last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2">{children}</div>;
}
