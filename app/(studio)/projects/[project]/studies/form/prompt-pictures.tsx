'use client';

import { useMutation } from '@tanstack/react-query';
import { ImagePlus, X } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import { Button } from '#components/button.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { queries } from '#lib/client/queries.ts';

const MOST = 4;

interface Shape {
  project: string;
  /** Whose pictures they are, for screen readers. */
  label: string;
  /** By hash, in the order in which raters see them. */
  images: readonly string[];
  onChange: (images: string[]) => void;
}

/** The pictures that condition a prompt. */
export function PromptPictures({ project, label, images, onChange }: Shape) {
  const picker = useRef<HTMLInputElement>(null);
  const add = useMutation(
    queries.studies.addPicture.mutationOptions({
      onSuccess: ({ hash }) => {
        if (!images.includes(hash)) onChange([...images, hash]);
      },
    }),
  );
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const picture = event.target.files?.[0];
    if (picture) add.mutate({ project, picture });
    event.target.value = '';
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {images.map((hash, index) => (
        <span key={hash} className="relative">
          {/* biome-ignore lint/performance/noImgElement: served by our own route, no optimiser */}
          <img
            src={`/api/media/picture/${project}/${hash}`}
            alt={`Number ${index + 1} of ${label}`}
            className="size-12 rounded-md bg-sunken object-cover"
          />
          <button
            type="button"
            aria-label={`Take away picture ${index + 1} of ${label}`}
            className="absolute -top-1.5 -right-1.5 grid size-5 place-items-center rounded-full border border-line-strong bg-surface shadow-card"
            onClick={() => onChange(images.filter((other) => other !== hash))}
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      {images.length < MOST && (
        <Button
          size="sm"
          variant="quiet"
          icon={<ImagePlus aria-hidden />}
          isBusy={add.isPending}
          aria-label={`Add a picture to ${label}`}
          onClick={() => picker.current?.click()}
        >
          Picture
        </Button>
      )}
      <input
        ref={picker}
        type="file"
        accept="image/*"
        hidden
        aria-label={`Picture for ${label}`}
        onChange={choose}
      />
      <ErrorNotice error={add.error} />
    </div>
  );
}
