import { Section } from './section.tsx';
import { TextField } from './spec-fields.tsx';
import type { SpecStore } from './spec-store.ts';

/** What raters get at the end of a session. */
export function CompletionSection({ spec, change }: SpecStore) {
  const { completion } = spec;
  const set = (patch: Partial<typeof completion>) =>
    change({ completion: { ...completion, ...patch } });
  return (
    <Section
      id="completion"
      title="At the end of a session"
      description="For raters who are paid elsewhere. Empty: each session gets a code of its own."
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          place="completion.code"
          label="Completion code"
          isOptional
          value={completion.code ?? ''}
          onChange={(code) => set({ code: code === '' ? null : code })}
        />
        <TextField
          place="completion.redirectUrl"
          label="Address to go on to"
          isOptional
          placeholder="https://"
          value={completion.redirectUrl ?? ''}
          onChange={(url) => set({ redirectUrl: url === '' ? null : url })}
        />
      </div>
    </Section>
  );
}
