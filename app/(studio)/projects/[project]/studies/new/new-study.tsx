'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { api } from '#lib/client/api.ts';
import { queries } from '#lib/client/queries.ts';
import type { StudySpec } from '#lib/studies/schema.ts';
import { LoadingForm } from '../form/loading-form.tsx';
import { type StudyContent, StudyForm } from '../form/study-form.tsx';
import { ChooseImport } from './choose-import.tsx';

interface Shape {
  project: string;
  /** The import that the study is made of, once it is chosen. */
  source: string | null;
  isText: boolean;
}

/** Choose an import, correct what was guessed from it, create the draft. */
export function NewStudy({ project, source, isText }: Shape) {
  const base = `/projects/${project}/studies`;
  const crumbs = [
    { href: base, label: 'Studies' },
    ...(source || isText ? [{ href: `${base}/new`, label: 'New study' }] : []),
  ];
  return (
    <>
      <PageHeader
        title={isText ? 'From YAML' : source ? 'Set it up' : 'New study'}
        description={
          source
            ? 'Filled in from the import; correct what was guessed wrong. It stays a draft until you open it.'
            : isText
              ? undefined
              : 'Choose where its videos come from.'
        }
        crumbs={crumbs}
      />
      {source ? (
        <FromImport project={project} source={source} />
      ) : isText ? (
        <Editor project={project} initial={null} />
      ) : (
        <ChooseImport project={project} />
      )}
    </>
  );
}

function FromImport({ project, source }: { project: string; source: string }) {
  const suggestion = useQuery({
    ...queries.studies.suggestSpec.queryOptions({ input: { project, import: source } }),
    // What a person has begun to change must not be replaced.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (suggestion.isError)
    return <ErrorNotice error={suggestion.error} onRetry={() => void suggestion.refetch()} />;
  if (!suggestion.data) return <LoadingForm />;
  return <Editor project={project} initial={suggestion.data.spec as StudySpec} />;
}

function Editor({ project, initial }: { project: string; initial: StudySpec | null }) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const save = async (content: StudyContent) => {
    const study = await api.studies.create({ project, ...content });
    await queryClient.invalidateQueries({ queryKey: queries.studies.list.key() });
    router.push(`/projects/${project}/studies/${study.slug}`);
  };
  return (
    <StudyForm
      project={project}
      initial={initial}
      isNew
      saveLabel="Create the draft"
      onSave={save}
    />
  );
}
