'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { queries } from '#lib/client/queries.ts';
import type { ArmSpec, StudySpec } from '#lib/studies/schema.ts';
import { PreviewVideo } from './preview-video.tsx';

/** As many prompts as one look into an import brings. */
const LOOKED_AT = 50;

interface Shape {
  project: string;
  spec: StudySpec;
}

/** What a rater will see, with the import's own videos; nothing here is sent anywhere. */
export function RaterPreview({ project, spec }: Shape) {
  const [place, setPlace] = useState(0);
  const [language, setLanguage] = useState<'en' | 'zh'>('en');
  const question = spec.questions[Math.min(place % 2, spec.questions.length - 1)];
  const prompts = spec.prompts.slice(0, LOOKED_AT);
  const index = Math.min(place, prompts.length - 1);
  const prompt = prompts[index];
  const [left, right] = pairAt(spec.arms, place);
  const isChinese = language === 'zh';
  const words = isChinese
    ? { left: '左', right: '右', tie: '平局' }
    : { left: 'Left', right: 'Right', tie: 'Tie' };
  const wording = (isChinese && question?.wording.zh) || question?.wording.en;
  return (
    <section
      aria-label="What a rater will see"
      className="overflow-hidden rounded-xl bg-[#232325] text-white shadow-float"
    >
      <header className="flex items-center justify-between gap-3 border-b border-white/10 px-4 py-2 text-xs text-white/65">
        <span>What a rater will see</span>
        <fieldset aria-label="Language" className="flex gap-1">
          {(['en', 'zh'] as const).map((code) => (
            <button
              key={code}
              type="button"
              aria-pressed={language === code}
              className="rounded px-1.5 py-0.5 aria-pressed:bg-white/15 aria-pressed:text-white"
              onClick={() => setLanguage(code)}
            >
              {code === 'en' ? 'EN' : '中文'}
            </button>
          ))}
        </fieldset>
      </header>
      <div lang={language} className="flex flex-col gap-3 p-4">
        <p className="text-center font-semibold [overflow-wrap:anywhere]">
          {wording || <span className="text-white/50">No question yet</span>}
        </p>
        {prompt && (prompt.text || spec.kind === 'video') && (
          <p className="line-clamp-4 text-center text-sm text-white/80 [overflow-wrap:anywhere]">
            {prompt.text || <span className="text-[#ffb4a8]">This prompt has no text.</span>}
            {prompt.motion && <span className="block text-white/60">{prompt.motion}</span>}
          </p>
        )}
        {prompt && prompt.images.length > 0 && (
          <div className="flex justify-center gap-2">
            {prompt.images.map((hash) => (
              // biome-ignore lint/performance/noImgElement: served by our own route, no optimiser
              <img
                key={hash}
                src={`/api/media/picture/${project}/${hash}`}
                alt="Given with the prompt"
                className="h-16 rounded"
              />
            ))}
          </div>
        )}
        {prompt && left && right ? (
          <Pair project={project} spec={spec} prompt={prompt.key} left={left} right={right} />
        ) : (
          <p className="py-8 text-center text-sm text-white/50">
            Two arms and a prompt are needed.
          </p>
        )}
        <div className="grid auto-cols-fr grid-flow-col gap-2 text-center text-sm" aria-hidden>
          {[words.left, ...(spec.allowTies ? [words.tie] : []), words.right].map((word) => (
            <span key={word} className="rounded-lg border border-white/20 py-2 text-white/80">
              {word}
            </span>
          ))}
        </div>
      </div>
      <footer className="flex items-center justify-between gap-2 border-t border-white/10 px-4 py-2 text-xs text-white/65">
        <span className="min-w-0 truncate">
          {left && right && `${left.name} and ${right.name}: only you see this line`}
        </span>
        <span className="flex">
          {[-1, 1].map((step) => (
            <Button
              key={step}
              size="sm"
              variant="quiet"
              className="text-white/70 hover:bg-white/10 hover:text-white"
              aria-label={step < 0 ? 'Pair before' : 'Next pair'}
              icon={step < 0 ? <ChevronLeft aria-hidden /> : <ChevronRight aria-hidden />}
              disabled={step < 0 ? index === 0 : index === prompts.length - 1}
              onClick={() => setPlace(index + step)}
            />
          ))}
        </span>
      </footer>
    </section>
  );
}

/** Another pair of arms with each step, so that a look through the prompts meets several. */
function pairAt(
  arms: readonly ArmSpec[],
  place: number,
): [ArmSpec | undefined, ArmSpec | undefined] {
  const first = place % Math.max(1, arms.length);
  return [arms[first], arms[(first + arms.length - 1) % Math.max(1, arms.length)]];
}

interface PairShape extends Shape {
  prompt: string;
  left: ArmSpec;
  right: ArmSpec;
}

function Pair({ project, spec, prompt, left, right }: PairShape) {
  const of = (arm: ArmSpec) => ({
    slug: arm.source?.import ?? spec.import ?? '',
    model: arm.source?.model ?? arm.name,
  });
  const a = useCell(project, prompt, of(left));
  const b = useCell(project, prompt, of(right));
  const { rendition } = spec;
  if (spec.kind === 'caption')
    return (
      <>
        <PreviewVideo
          videoId={a?.clip?.id ?? null}
          source={a?.clip ?? null}
          rendition={rendition}
        />
        <div className="grid grid-cols-2 gap-2 text-sm">
          {[a, b].map((side, index) => (
            <p
              // biome-ignore lint/suspicious/noArrayIndexKey: left and right
              key={index}
              className="max-h-40 overflow-y-auto rounded-lg bg-white/10 p-3 [overflow-wrap:anywhere]"
            >
              {side?.caption ?? 'No caption'}
            </p>
          ))}
        </div>
      </>
    );
  return (
    <div className="grid grid-cols-2 gap-2">
      {[a, b].map((side, index) => (
        <PreviewVideo
          // biome-ignore lint/suspicious/noArrayIndexKey: left and right
          key={index}
          videoId={side?.video?.id ?? null}
          source={side?.video ?? null}
          rendition={rendition}
        />
      ))}
    </div>
  );
}

/** What an import has for one model and prompt. */
function useCell(project: string, prompt: string, source: { slug: string; model: string }) {
  const candidates = useQuery({
    ...queries.imports.candidates.queryOptions({
      input: { project, import: source.slug, limit: LOOKED_AT },
    }),
    enabled: source.slug !== '',
  });
  const row = candidates.data?.rows.find((one) => one.prompt === prompt);
  const cell = row?.cells.find((one) => one.model === source.model);
  if (!row || !cell) return null;
  return { video: cell.videos[0], caption: cell.caption, clip: row.clip };
}
