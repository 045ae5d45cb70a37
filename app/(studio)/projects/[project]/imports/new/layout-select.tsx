import { Field } from '#components/field.tsx';
import { Select } from '#components/input.tsx';
import { type LayoutChoice, layoutChoiceSchema } from '#lib/generation/schema.ts';

/** How file names are read; the import says afterwards what it recognised. */
export function LayoutSelect(props: {
  value: LayoutChoice;
  onChange: (layout: LayoutChoice) => void;
}) {
  return (
    <Field label="File names" hint="Without a table. What was recognised is told afterwards.">
      <Select
        value={props.value}
        onChange={(event) => props.onChange(layoutChoiceSchema.parse(event.target.value))}
      >
        <option value="auto">Recognise automatically</option>
        <option value="equal-names">Equal names are one prompt</option>
        <option value="prompt-index">{'{prompt}-{index}'}</option>
      </Select>
    </Field>
  );
}
