'use client';

import { Plus, Trash2 } from 'lucide-react';
import { Button } from '#components/button.tsx';
import { Select } from '#components/input.tsx';
import { Section } from './section.tsx';
import { NumberField, SpecField } from './spec-fields.tsx';
import { removeAt, replaceAt, type SpecStore } from './spec-store.ts';

const SIDES = [
  { key: 'left', label: 'From the left, %' },
  { key: 'top', label: 'From the top, %' },
  { key: 'width', label: 'Width, %' },
  { key: 'height', label: 'Height, %' },
] as const;
const MOST_MASKS = 8;

/** The one form in which all videos are shown, so that nothing but the picture differs. */
export function RenditionSection({ spec, change }: SpecStore) {
  const { rendition } = spec;
  const set = (patch: Partial<typeof rendition>) =>
    change({ rendition: { ...rendition, ...patch } });
  const number = (value: number | null) => value ?? Number.NaN;
  return (
    <Section
      id="rendition"
      title="Form of the videos"
      description="Every video is trimmed, resized and cropped at its centre to this; the originals stay."
    >
      <div className="grid grid-cols-2 gap-5 sm:grid-cols-3">
        <NumberField
          place="rendition.width"
          label="Width"
          value={rendition.width}
          onChange={(value) => set({ width: number(value) })}
        />
        <NumberField
          place="rendition.height"
          label="Height"
          value={rendition.height}
          onChange={(value) => set({ height: number(value) })}
        />
        <NumberField
          place="rendition.fps"
          label="Frames a second"
          value={rendition.fps}
          onChange={(value) => set({ fps: number(value) })}
        />
        <NumberField
          place="rendition.durationSeconds"
          label="Seconds"
          isOptional
          hint="Empty: as long as the shortest."
          value={rendition.durationSeconds}
          onChange={(durationSeconds) => set({ durationSeconds })}
        />
        <SpecField place="rendition.codec" label="Codec">
          <Select
            value={rendition.codec}
            onChange={(event) => set({ codec: event.target.value === 'vp9' ? 'vp9' : 'h264' })}
          >
            <option value="h264">H.264</option>
            <option value="vp9">VP9</option>
          </Select>
        </SpecField>
        <NumberField
          place="rendition.crf"
          label="Quality (CRF)"
          hint="Lower is better; 16 looks like the original."
          value={rendition.crf}
          onChange={(value) => set({ crf: number(value) })}
        />
      </div>
      <div className="mt-5 flex flex-col gap-3">
        {rendition.masks.map((mask, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: masks have no name of their own
            key={index}
            className="grid grid-cols-2 items-end gap-3 sm:grid-cols-[repeat(4,minmax(0,1fr))_auto]"
          >
            {SIDES.map(({ key, label }) => (
              <NumberField
                key={key}
                place={`rendition.masks[${index}].${key}`}
                label={label}
                scale={100}
                value={mask[key]}
                onChange={(value) =>
                  set({
                    masks: replaceAt(rendition.masks, index, { ...mask, [key]: number(value) }),
                  })
                }
              />
            ))}
            <Button
              variant="quiet"
              aria-label={`Remove mask ${index + 1}`}
              icon={<Trash2 aria-hidden />}
              onClick={() => set({ masks: removeAt(rendition.masks, index) })}
            />
          </div>
        ))}
        {rendition.masks.length < MOST_MASKS && (
          <Button
            size="sm"
            className="self-start"
            icon={<Plus aria-hidden />}
            onClick={() =>
              set({
                masks: [...rendition.masks, { left: 0.8, top: 0.9, width: 0.2, height: 0.1 }],
              })
            }
          >
            Black out an area, such as a watermark
          </Button>
        )}
      </div>
    </Section>
  );
}
