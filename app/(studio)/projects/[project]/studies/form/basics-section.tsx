import { Section } from './section.tsx';
import { TextField } from './spec-fields.tsx';
import type { SpecStore } from './spec-store.ts';

/** What the study is called. */
export function BasicsSection({ spec, change, isNew }: SpecStore & { isNew: boolean }) {
  return (
    <Section id="basics" title="Name">
      <div className="flex flex-col gap-5">
        <TextField
          place="title"
          label="Title"
          hint="Raters see it, so it must not tell what is compared."
          value={spec.title}
          onChange={(title) => change({ title })}
        />
        {isNew && (
          <TextField
            place="slug"
            label="Address"
            hint="Part of the link for researchers: lower-case letters, digits and hyphens. It stays."
            value={spec.slug}
            onChange={(slug) => change({ slug })}
          />
        )}
        <TextField
          place="description"
          label="Description"
          hint="For researchers alone."
          isOptional
          rows={3}
          value={spec.description}
          onChange={(description) => change({ description })}
        />
      </div>
    </Section>
  );
}
