'use client';

import { Field } from '#components/field.tsx';
import { Checkbox, Input, Select, TextArea } from '#components/input.tsx';
import type { SettingField } from './settings-fields.ts';

export type SettingValues = Readonly<Record<string, string | boolean>>;

/** A form for the settings of one step. */
export function SettingsForm(props: {
  fields: readonly SettingField[];
  values: SettingValues;
  onChange: (values: SettingValues) => void;
}) {
  const { fields, values, onChange } = props;
  // What takes a whole line stands last.
  const ordered = [...fields].sort((a, b) => Number(a.kind === 'json') - Number(b.kind === 'json'));
  return (
    <div className="grid gap-5 md:grid-cols-2">
      {ordered.map((field) => (
        <Setting
          key={field.name}
          field={field}
          value={values[field.name] ?? field.initial}
          onChange={(value) => onChange({ ...values, [field.name]: value })}
        />
      ))}
    </div>
  );
}

function Setting(props: {
  field: SettingField;
  value: string | boolean;
  onChange: (value: string | boolean) => void;
}) {
  const { field, value, onChange } = props;
  const { title, hint, kind } = field;
  if (typeof value === 'boolean')
    return (
      <Checkbox
        label={title}
        hint={hint}
        checked={value}
        onChange={(event) => onChange(event.target.checked)}
        className="md:pt-7"
      />
    );
  const isLong = kind === 'json' || (kind === 'text' && value.length > 80);
  return (
    <div className={isLong ? 'md:col-span-2' : ''}>
      <Field
        label={title}
        hint={hint ?? (kind === 'words' ? 'Several with commas between them.' : undefined)}
        isOptional={!field.isRequired && field.initial === '' && kind !== 'words'}
      >
        <Control field={field} value={value} isLong={isLong} onChange={onChange} />
      </Field>
    </div>
  );
}

function Control(props: {
  field: SettingField;
  value: string;
  isLong: boolean;
  onChange: (value: string) => void;
}) {
  const { field, value, isLong, onChange } = props;
  const { kind, choices, min, max, isRequired } = field;
  if (kind === 'choice')
    return (
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </Select>
    );
  if (isLong)
    return (
      <TextArea
        value={value}
        rows={Math.min(12, value.split('\n').length + 1)}
        spellCheck={false}
        className={kind === 'json' ? 'font-mono text-sm' : ''}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  const isNumber = kind === 'number' || kind === 'integer';
  return (
    <Input
      type={isNumber ? 'number' : 'text'}
      step={kind === 'integer' ? 1 : 'any'}
      min={min}
      max={max}
      value={value}
      required={isRequired}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
