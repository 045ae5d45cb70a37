'use client';

import { Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Input, TextArea } from '#components/input.tsx';
import type { PromptSpec } from '#lib/studies/schema.ts';
import { Pager } from '../pager.tsx';
import { PromptPictures } from './prompt-pictures.tsx';
import { Section } from './section.tsx';
import { useProblem } from './spec-problems.tsx';
import { removeAt, replaceAt, type SpecStore } from './spec-store.ts';

const PAGE = 20;

/** What raters read above the videos, with pictures and motion where the task has them. */
export function PromptsSection({ spec, change, project }: SpecStore & { project: string }) {
  const [page, setPage] = useState(0);
  const { prompts } = spec;
  const first = page * PAGE;
  const empty = prompts.filter((prompt) => prompt.text === '' && prompt.images.length === 0).length;
  const problem = useProblem('prompts');
  return (
    <Section
      id="prompts"
      title="Prompts"
      description={
        spec.kind === 'caption'
          ? 'The clips. A text is optional here: raters see the clip and the two captions.'
          : `Raters judge by this text.${empty > 0 ? ` ${empty} of ${prompts.length} have none yet.` : ''}`
      }
    >
      {problem && (
        <p role="alert" className="mb-3 text-sm text-bad">
          {problem}
        </p>
      )}
      <ul className="flex flex-col divide-y divide-line border-y border-line">
        {prompts.slice(first, first + PAGE).map((prompt, offset) => (
          <li key={prompt.key} className="py-3">
            <PromptRow
              index={first + offset}
              prompt={prompt}
              project={project}
              isVideo={spec.kind === 'video'}
              onChange={(index, next) => change({ prompts: replaceAt(prompts, index, next) })}
              onRemove={(index) => change({ prompts: removeAt(prompts, index) })}
            />
          </li>
        ))}
      </ul>
      <div className="mt-3 flex justify-end">
        <Pager label="Prompts" page={page} size={PAGE} total={prompts.length} onChange={setPage} />
      </div>
    </Section>
  );
}

interface RowShape {
  index: number;
  prompt: PromptSpec;
  project: string;
  isVideo: boolean;
  onChange: (index: number, prompt: PromptSpec) => void;
  onRemove: (index: number) => void;
}

const PromptRow = memo(function PromptRow(props: RowShape) {
  const { index, prompt, project, isVideo, onChange, onRemove } = props;
  const problem = useProblem(`prompts[${index}].text`);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 gap-y-2">
      <p className="self-center truncate font-mono text-xs text-ink-faint">{prompt.key}</p>
      <Button
        variant="quiet"
        size="sm"
        aria-label={`Leave out ${prompt.key}`}
        icon={<Trash2 aria-hidden />}
        onClick={() => onRemove(index)}
      />
      <div className="col-span-2 grid gap-2 sm:grid-cols-[minmax(0,1fr)_14rem]">
        <TextArea
          aria-label={`Text of ${prompt.key}`}
          rows={2}
          maxLength={4000}
          placeholder={isVideo ? 'What the video should show' : undefined}
          value={prompt.text}
          onChange={(event) => onChange(index, { ...prompt, text: event.target.value })}
        />
        {isVideo && (
          <div className="flex flex-col gap-2">
            <Input
              aria-label={`Motion of ${prompt.key}`}
              placeholder="Motion, if it was asked for"
              maxLength={80}
              value={prompt.motion ?? ''}
              onChange={(event) => {
                const { motion: _, ...rest } = prompt;
                const motion = event.target.value;
                onChange(index, motion === '' ? rest : { ...rest, motion });
              }}
            />
            <PromptPictures
              project={project}
              label={prompt.key}
              images={prompt.images}
              onChange={(images) => onChange(index, { ...prompt, images })}
            />
          </div>
        )}
      </div>
      {problem && (
        <p role="alert" className="col-span-2 text-sm text-bad">
          {problem}
        </p>
      )}
    </div>
  );
});
