'use client';

import { type ReactNode, useState } from 'react';
import { Field } from '#components/field.tsx';
import { Input, TextArea } from '#components/input.tsx';
import { useProblem } from './spec-problems.tsx';

interface Shape {
  /** Where it stands in the study, as problems name it. */
  place: string;
  label: string;
  hint?: ReactNode;
  isOptional?: boolean;
}

/** A field of the study that shows its own problem. */
export function SpecField({ place, children, ...field }: Shape & { children: ReactNode }) {
  return (
    <Field {...field} error={useProblem(place)}>
      {children}
    </Field>
  );
}

/** A line, or with `rows` a paragraph, of text. */
export function TextField(
  props: Shape & {
    value: string;
    onChange: (value: string) => void;
    rows?: number;
    lang?: string;
    placeholder?: string;
  },
) {
  const { value, onChange, rows, lang, placeholder, ...field } = props;
  const rest = { value, ...(lang && { lang }), ...(placeholder && { placeholder }) };
  return (
    <SpecField {...field}>
      {rows ? (
        <TextArea {...rest} rows={rows} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <Input {...rest} onChange={(event) => onChange(event.target.value)} />
      )}
    </SpecField>
  );
}

interface NumberShape {
  /** NaN and null stand empty. */
  value: number | null;
  onChange: (value: number | null) => void;
  /** What is shown for 1, such as 100 for a share in percent. */
  scale?: number;
}

/** A number; an empty box is null. */
export function NumberInput({
  value,
  onChange,
  scale = 1,
  ...rest
}: NumberShape & { 'aria-label'?: string; placeholder?: string; className?: string }) {
  // What is being typed, "0." for instance, which its number would change under the cursor.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = value === null || Number.isNaN(value) ? '' : String(round(value * scale));
  return (
    <Input
      {...rest}
      inputMode="decimal"
      value={typed ?? shown}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        const number = Number(text.replace(',', '.'));
        onChange(text.trim() === '' ? null : Number.isNaN(number) ? Number.NaN : number / scale);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

export function NumberField({ value, onChange, scale, ...field }: Shape & NumberShape) {
  return (
    <SpecField {...field}>
      <NumberInput value={value} onChange={onChange} {...(scale && { scale })} />
    </SpecField>
  );
}

/** 0.07 * 100 is 7.000000000000001. */
function round(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
