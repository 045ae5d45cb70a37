'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { Pager } from '../pager.tsx';
import { Choice } from './examples-editor.tsx';
import { removeAt, replaceAt, type SpecStore } from './spec-store.ts';

const PAGE = 20;

/** The pairs whose answer is known. */
export function GoldEditor({ spec, change }: SpecStore) {
  const [page, setPage] = useState(0);
  const { gold } = spec;
  const arms = spec.arms.map((arm) => arm.name);
  const prompts = spec.prompts.map((prompt) => prompt.key);
  const first = page * PAGE;
  const add = () => {
    const [better = '', worse = ''] = arms;
    change({ gold: [...gold, { prompt: prompts[0] ?? '', better, worse }] });
    setPage(Math.floor(gold.length / PAGE));
  };
  return (
    <div className="mt-5 flex flex-col gap-3">
      {gold.slice(first, first + PAGE).map((pair, offset) => {
        const index = first + offset;
        const set = (patch: Partial<typeof pair>) =>
          change({ gold: replaceAt(gold, index, { ...pair, ...patch }) });
        return (
          <div
            key={index}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2 sm:grid-cols-[repeat(3,minmax(0,1fr))_auto]"
          >
            <Choice
              place={`gold[${index}]`}
              label="On the prompt"
              value={pair.prompt}
              options={prompts}
              onChange={(prompt) => set({ prompt })}
            />
            <div className="order-3 col-span-2 sm:order-none sm:col-span-1">
              <Choice
                place={`gold[${index}].better`}
                label="better is"
                value={pair.better}
                options={arms}
                onChange={(better) => set({ better })}
              />
            </div>
            <div className="order-4 col-span-2 sm:order-none sm:col-span-1">
              <Choice
                place={`gold[${index}].worse`}
                label="than"
                value={pair.worse}
                options={arms}
                onChange={(worse) => set({ worse })}
              />
            </div>
            <Button
              variant="quiet"
              aria-label={`Remove the known answer ${index + 1}`}
              icon={<Trash2 aria-hidden />}
              onClick={() => change({ gold: removeAt(gold, index) })}
            />
          </div>
        );
      })}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Button size="sm" icon={<Plus aria-hidden />} onClick={add}>
          Add a known answer
        </Button>
        <Pager
          label="Known answers"
          page={page}
          size={PAGE}
          total={gold.length}
          onChange={setPage}
        />
      </div>
    </div>
  );
}
