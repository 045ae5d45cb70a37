import { Field } from '#components/field.tsx';
import { Select } from '#components/input.tsx';
import { type ImportKind, importKindSchema } from '#lib/generation/schema.ts';

/** Videos of models, or captions of clips. */
export function KindSelect(props: { value: ImportKind; onChange: (kind: ImportKind) => void }) {
  return (
    <Field label="What it is" hint="Captions need a table: clip, captioner, caption.">
      <Select
        value={props.value}
        onChange={(event) => props.onChange(importKindSchema.parse(event.target.value))}
      >
        <option value="video">Videos of models</option>
        <option value="caption">Captions of clips</option>
      </Select>
    </Field>
  );
}
