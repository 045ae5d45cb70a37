'use client';

import { createContext, type ReactNode, useContext, useId } from 'react';

interface FieldIds {
  id: string;
  describedBy: string | undefined;
  isInvalid: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value; shown in place of the hint and read out. */
  error?: string | null | undefined;
  isOptional?: boolean;
  children: ReactNode;
}

/** A label, the control inside it (`Input`, `TextArea`, `Select`), and a hint or an error. */
export function Field({ label, hint, error, isOptional = false, children }: FieldProps) {
  const id = useId();
  const describedBy = error || hint ? `${id}-note` : undefined;
  return (
    <FieldContext value={{ id, describedBy, isInvalid: Boolean(error) }}>
      <div className="flex flex-col gap-1.5">
        <label htmlFor={id} className="text-sm font-medium text-ink">
          {label}
          {isOptional && <span className="font-normal text-ink-faint"> (optional)</span>}
        </label>
        {children}
        {error ? (
          <p id={describedBy} role="alert" className="text-sm text-bad">
            {error}
          </p>
        ) : (
          hint && (
            <p id={describedBy} className="text-sm text-ink-faint">
              {hint}
            </p>
          )
        )}
      </div>
    </FieldContext>
  );
}

/** What a control inside a `Field` needs to belong to its label; empty outside of one. */
export function useFieldProps() {
  const field = useContext(FieldContext);
  if (field === null) return {};
  return {
    id: field.id,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.isInvalid || undefined,
  };
}
