'use client';

import { ChevronDown } from 'lucide-react';
import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import { useFieldProps } from './field.tsx';

// 16 px on phones: below that, iOS zooms into a focused field.
const BOX = classNames(
  'w-full rounded-lg border border-line-strong bg-surface px-3 text-base text-ink shadow-card sm:text-[0.9375rem]',
  'placeholder:text-ink-faint/70 hover:border-ink-faint',
  'focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent',
  'aria-invalid:border-bad aria-invalid:focus:outline-bad',
  'disabled:bg-sunken disabled:text-ink-faint',
);

export function Input({ className, ...rest }: ComponentPropsWithRef<'input'>) {
  return <input {...useFieldProps()} {...rest} className={classNames(BOX, 'h-10', className)} />;
}

export function TextArea({ className, rows = 4, ...rest }: ComponentPropsWithRef<'textarea'>) {
  return (
    <textarea
      {...useFieldProps()}
      rows={rows}
      {...rest}
      className={classNames(BOX, 'py-2', className)}
    />
  );
}

export function Select({ className, children, ...rest }: ComponentPropsWithRef<'select'>) {
  return (
    <span className={classNames('relative block', className)}>
      <select
        {...useFieldProps()}
        {...rest}
        className={classNames(BOX, 'h-10 appearance-none pr-9')}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-3 right-3 size-4 text-ink-faint"
      />
    </span>
  );
}

export type CheckboxProps = Omit<ComponentPropsWithRef<'input'>, 'type'> & {
  label: ReactNode;
  hint?: ReactNode;
};

/** A box to tick, with its own label. */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  const id = useId();
  return (
    <div className={classNames('flex items-start gap-2.5', className)}>
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...rest}
        type="checkbox"
        className="mt-0.5 size-4.5 shrink-0 rounded accent-accent"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="text-[0.9375rem] text-ink">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-ink-faint">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
