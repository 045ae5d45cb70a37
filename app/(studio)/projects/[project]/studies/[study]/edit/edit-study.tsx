'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { ErrorNotice } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { api } from '#lib/client/api.ts';
import { queries } from '#lib/client/queries.ts';
import type { StudySpec } from '#lib/studies/schema.ts';
import { LoadingForm } from '../../form/loading-form.tsx';
import { type StudyContent, StudyForm } from '../../form/study-form.tsx';
import { type StudyAddress, studyHref } from '../../study-address.ts';
import { studyQuery } from '../study-query.ts';

/** Changes a draft, or makes the next revision of a study that has opened. */
export function EditStudy({ address }: { address: StudyAddress }) {
  const router = useRouter();
  const toast = useToast();
  const queryClient = useQueryClient();
  const { data: study } = useQuery(studyQuery(address));
  const written = useQuery({
    ...queries.studies.spec.queryOptions({ input: address }),
    // Read anew for each edit, and never replaced under a person's hands.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (written.isError)
    return <ErrorNotice error={written.error} onRetry={() => void written.refetch()} />;
  if (!written.data || !study) return <LoadingForm />;
  const { project, study: slug } = address;
  const isDraft = study.state === 'draft';
  const save = async (content: StudyContent) => {
    const saved = isDraft
      ? await api.studies.update({ ...address, ...content })
      : await api.studies.revise({ project, study: slug, ...content });
    await queryClient.invalidateQueries({ queryKey: queries.studies.key() });
    toast({
      text:
        saved.revision > study.revision
          ? `Revision ${saved.revision} is a draft now. The open one goes on until you open it.`
          : 'Saved.',
    });
    router.push(studyHref(isDraft ? address : { project, study: slug }));
  };
  return (
    <>
      {!isDraft && (
        <p className="mb-5 max-w-3xl rounded-xl border border-line bg-surface px-4 py-3 text-sm text-ink-soft">
          This study has opened. Its title, session, limits and a higher number of votes change at
          once. Anything else, above all arms and prompts, makes a new revision as a draft: votes
          stay with the old one, and the raters' link moves along when the new one opens.
        </p>
      )}
      <StudyForm
        project={project}
        initial={written.data.spec as StudySpec}
        isNew={false}
        saveLabel={isDraft ? 'Save the draft' : 'Save'}
        onSave={save}
      />
    </>
  );
}
