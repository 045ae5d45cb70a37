'use client';

import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice, errorText } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { api } from '#lib/client/api.ts';
import type { StudySpec } from '#lib/studies/schema.ts';
import { EstimateText } from '../estimate-text.tsx';
import { ArmsSection } from './arms-section.tsx';
import { BasicsSection } from './basics-section.tsx';
import { CompletionSection } from './completion-section.tsx';
import { DecisionSection } from './decision-section.tsx';
import { PromptsSection } from './prompts-section.tsx';
import { QuestionsSection } from './questions-section.tsx';
import { RaterPreview } from './rater-preview.tsx';
import { RenditionSection } from './rendition-section.tsx';
import { RulesSection } from './rules-section.tsx';
import { specProblems } from './spec-error.ts';
import { ProblemsProvider, useSpecProblems } from './spec-problems.tsx';
import { pinSources, unpinSources } from './spec-sources.ts';
import { useWrittenSpec } from './use-written-spec.ts';
import { YamlEditor } from './yaml-editor.tsx';

/** A study to be saved: as fields or as text. */
export type StudyContent = { spec: StudySpec } | { yaml: string };

interface Shape {
  project: string;
  /** Null: begin with text. */
  initial: StudySpec | null;
  isNew: boolean;
  saveLabel: string;
  /** Saves; what it throws is shown. */
  onSave: (content: StudyContent) => Promise<void>;
}

/** A study as a form or as YAML, both of the same study, with what a rater will see beside it. */
export function StudyForm({ project, initial, isNew, saveLabel, onSave }: Shape) {
  const [spec, setSpec] = useState(() => initial && pinSources(initial));
  // Null: the form is shown.
  const [yaml, setYaml] = useState<string | null>(initial ? null : '');
  const save = useMutation({ mutationFn: onSave });
  const toast = useToast();
  const toForm = useMutation({
    mutationFn: (text: string) => api.studies.checkSpec({ project, yaml: text }),
    onSuccess: (written) => {
      save.reset();
      setSpec(pinSources(written.spec as StudySpec));
      setYaml(null);
    },
  });
  const toYaml = useMutation({
    mutationFn: (content: StudySpec) =>
      api.studies.checkSpec({ project, spec: unpinSources(content) }),
    onSuccess: (written) => {
      save.reset();
      toForm.reset();
      setYaml(written.yaml);
    },
    onError: (error) => toast({ text: errorText(error), tone: 'bad' }),
  });
  if (yaml !== null || !spec) {
    const text = yaml ?? '';
    const error = save.error ?? toForm.error;
    const problems = specProblems(error);
    return (
      <div className="flex flex-col gap-4">
        <p className="max-w-2xl text-sm text-ink-faint">
          {spec
            ? 'The same study as text, to keep in a repository or to change in many places at once.'
            : 'Paste a study or load its file; examples/study.yaml shows every setting.'}{' '}
          A misspelt setting is refused.
        </p>
        {problems.length === 0 && <ErrorNotice error={error} />}
        <YamlEditor
          value={text}
          problems={problems}
          onChange={(value) => {
            setYaml(value);
            save.reset();
            toForm.reset();
          }}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            disabled={text.trim() === ''}
            isBusy={toForm.isPending}
            onClick={() => {
              save.reset();
              toForm.mutate(text);
            }}
          >
            Show as a form
          </Button>
          <Button
            variant="primary"
            disabled={text.trim() === ''}
            isBusy={save.isPending}
            onClick={() => save.mutate({ yaml: text })}
          >
            {saveLabel}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <FormView
      project={project}
      spec={spec}
      setSpec={setSpec}
      isNew={isNew}
      saveLabel={saveLabel}
      error={save.error}
      isSaving={save.isPending}
      isWriting={toYaml.isPending}
      onSave={() => save.mutate({ spec: unpinSources(spec) })}
      onYaml={() => toYaml.mutate(spec)}
    />
  );
}

interface FormShape {
  project: string;
  spec: StudySpec;
  setSpec: (update: (before: StudySpec | null) => StudySpec | null) => void;
  isNew: boolean;
  saveLabel: string;
  error: unknown;
  isSaving: boolean;
  isWriting: boolean;
  onSave: () => void;
  onYaml: () => void;
}

function FormView(props: FormShape) {
  const { project, spec, setSpec, isNew } = props;
  const problems = useSpecProblems(spec);
  const isSound = problems.size === 0;
  const written = useWrittenSpec(project, spec, isSound);
  const change = useCallback(
    (patch: Partial<StudySpec>) => setSpec((before) => before && { ...before, ...patch }),
    [setSpec],
  );
  // The checklist leads to a part of the form, which was not there yet when the page loaded.
  useEffect(() => {
    document.getElementById(window.location.hash.slice(1))?.scrollIntoView();
  }, []);
  const store = { spec, change };
  const said = specProblems(props.error);
  return (
    <ProblemsProvider problems={problems}>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <BasicsSection {...store} isNew={isNew} />
          <ArmsSection project={project} {...store} />
          <PromptsSection {...store} project={project} />
          <QuestionsSection {...store} />
          <RulesSection {...store} />
          <DecisionSection {...store} />
          <RenditionSection {...store} />
          <CompletionSection {...store} />
        </div>
        <aside className="flex min-w-0 flex-col gap-5 xl:sticky xl:top-5">
          <RaterPreview project={project} spec={spec} />
          {written && (
            <Card title="What it takes">
              <EstimateText estimate={written.estimate} questions={spec.questions.length} />
            </Card>
          )}
        </aside>
      </div>
      <div className="sticky bottom-0 z-30 -mx-4 mt-6 border-t border-line bg-surface/95 px-4 py-3 backdrop-blur sm:-mx-6 sm:px-6">
        {said.length === 0 ? (
          <ErrorNotice error={props.error} />
        ) : (
          <ErrorNotice error={new Error(said.join(' '))} />
        )}
        <div className="mt-0 flex flex-wrap items-center justify-end gap-2">
          <p role="status" className="mr-auto min-w-0 truncate text-sm text-ink-faint">
            {isSound ? '' : firstProblem(problems)}
          </p>
          <Button disabled={!isSound} isBusy={props.isWriting} onClick={props.onYaml}>
            Show as YAML
          </Button>
          <Button
            variant="primary"
            disabled={!isSound}
            isBusy={props.isSaving}
            onClick={props.onSave}
          >
            {props.saveLabel}
          </Button>
        </div>
      </div>
    </ProblemsProvider>
  );
}

function firstProblem(problems: ReadonlyMap<string, string>): string {
  const [[place, message] = ['', '']] = problems;
  const more = problems.size > 1 ? ` And ${problems.size - 1} more.` : '';
  return `${place}: ${message}${more}`;
}
