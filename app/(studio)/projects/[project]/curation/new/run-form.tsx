'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { Field } from '#components/field.tsx';
import { Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { api } from '#lib/client/api.ts';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { type NewRunInput, newRunSchema, type ScorerView } from '#lib/curation/schema.ts';
import { readSettings, settingsFields } from './settings-fields.ts';
import { SettingsForm, type SettingValues } from './settings-form.tsx';
import { SourceFields, type SourceValues } from './source-fields.tsx';
import { type ChosenStep, StepList } from './step-list.tsx';

interface RunFormProps {
  project: string;
  offer: { cutter: ScorerView; scorers: ScorerView[]; importRoots: string[] };
  initialDataset: string | null;
}

/** All that a run needs to know, in one form. */
export function RunForm({ project, offer, initialDataset }: RunFormProps) {
  const { cutter, scorers, importRoots } = offer;
  const router = useRouter();
  const [source, setSource] = useState<SourceValues>({
    kind: initialDataset === null ? 'long' : 'dataset',
    path: importRoots[0] ? `${importRoots[0]}/` : '',
    dataset: initialDataset ?? '',
  });
  const [cut, setCut] = useState<SettingValues>({});
  const [steps, setSteps] = useState<ChosenStep[]>([]);
  const cutFields = settingsFields(cutter.settings);
  const create = useMutation({
    mutationFn: (form: FormData) =>
      api.curation.create({
        project,
        ...inputOf({ source, cut: readSettings(cutFields, cut), steps, form }),
      }),
    onSuccess: ({ slug }) => router.push(`/projects/${project}/curation/${slug}`),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-6">
      <Card title="Clips">
        <div className="flex flex-col gap-5">
          <SourceFields
            project={project}
            importRoots={importRoots}
            value={source}
            pathError={fieldError(create.error, 'path')}
            onChange={setSource}
          />
          {source.kind === 'long' && (
            <details>
              <summary className="cursor-pointer rounded-sm text-sm text-ink-soft hover:text-ink">
                How the videos are cut
              </summary>
              <div className="mt-4">
                <SettingsForm fields={cutFields} values={cut} onChange={setCut} />
              </div>
            </details>
          )}
        </div>
      </Card>
      <Card
        title="Scores and captions"
        description="In this order; a later one may read what an earlier one found."
      >
        <StepList scorers={scorers} steps={steps} onChange={setSteps} />
      </Card>
      <Card title="Result">
        <div className="grid gap-5 md:grid-cols-3">
          <Field label="Name of the run" error={fieldError(create.error, 'name')}>
            <Input name="name" required maxLength={120} autoComplete="off" />
          </Field>
          {source.kind !== 'dataset' && (
            <Field
              label="Dataset"
              isOptional
              hint="Where it is there already, the clips become its next version."
            >
              <Input name="dataset" maxLength={120} autoComplete="off" />
            </Field>
          )}
          <Field
            label="Clips in a shard"
            hint="One piece of work; smaller ones show progress sooner."
          >
            <Input name="shardSize" type="number" min={1} max={1000} defaultValue={64} required />
          </Field>
        </div>
      </Card>
      <ErrorNotice error={formError(create.error, ['name', 'path'])} />
      <div>
        <Button type="submit" variant="primary" isBusy={create.isPending || create.isSuccess}>
          Start
        </Button>
      </div>
    </form>
  );
}

type ReadSettings = ReturnType<typeof readSettings>;

/** @throws an error with a sentence for the person, where a setting can't be read */
function inputOf(values: {
  source: SourceValues;
  cut: ReadSettings;
  steps: readonly ChosenStep[];
  form: FormData;
}): NewRunInput {
  const { source, cut, steps, form } = values;
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const read = steps.map(({ scorer, values: entered }) => ({
    scorer,
    ...readSettings(settingsFields(scorer.settings), entered),
  }));
  const wrong = read.find(({ problem }) => problem !== null);
  if (wrong) throw new Error(`${wrong.scorer.title}: ${wrong.problem}`);
  if (source.kind === 'long' && cut.problem) throw new Error(cut.problem);
  return newRunSchema.parse({
    name: text('name'),
    ...(text('dataset') === '' ? {} : { dataset: text('dataset') }),
    shardSize: Number(text('shardSize')),
    source:
      source.kind === 'dataset'
        ? { kind: 'dataset', dataset: source.dataset }
        : { kind: 'videos', path: source.path.trim() },
    cut: source.kind === 'long' ? cut.settings : null,
    steps: read.map(({ scorer, settings }) => ({ scorer: scorer.name, settings })),
  });
}
