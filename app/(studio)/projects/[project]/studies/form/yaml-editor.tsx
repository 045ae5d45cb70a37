'use client';

import { FileUp } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import { Button } from '#components/button.tsx';
import { TextArea } from '#components/input.tsx';

interface Shape {
  value: string;
  onChange: (value: string) => void;
  /** Sentences such as `arms[2].level (line 14): ...`. */
  problems: readonly string[];
}

const EXAMPLE = `slug: motion-filter
title: Which videos look better?
import: my-videos
axis: { kind: removed-fraction, name: Motion }
arms:
  - { name: unfiltered, level: 0 }
  - { name: removed-25, level: 0.25 }
prompts:
  - { key: boat, text: A boat crosses a lake at dawn }`;

const LINE = /\(line (\d+)\)|^line (\d+):/;

/** The study as text, with line numbers that the problems below lead to. */
export function YamlEditor({ value, onChange, problems }: Shape) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLPreElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const lines = value.split('\n');
  const goTo = (line: number) => {
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    const box = area.current;
    if (!box) return;
    box.focus();
    box.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    box.scrollTop = Math.max(0, (box.scrollHeight / lines.length) * (line - 5));
  };
  const load = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file) onChange(await file.text());
  };
  return (
    <div className="flex flex-col gap-3">
      {problems.length > 0 && (
        <ul
          role="alert"
          aria-label="What is wrong"
          className="flex flex-col gap-1 rounded-xl border border-bad/25 bg-bad-soft px-4 py-3 text-sm"
        >
          {problems.map((problem) => {
            const [, inner, outer] = LINE.exec(problem) ?? [];
            const line = Number(inner ?? outer);
            return (
              <li key={problem} className="flex items-start justify-between gap-3">
                <span className="[overflow-wrap:anywhere]">{problem}</span>
                {line > 0 && (
                  <Button size="sm" variant="quiet" className="-my-1" onClick={() => goTo(line)}>
                    Line {line}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <div className="flex overflow-hidden rounded-lg border border-line-strong bg-surface shadow-card">
        <pre
          ref={gutter}
          aria-hidden
          className="h-[36rem] shrink-0 overflow-hidden border-r border-line bg-sunken px-2.5 py-2 text-right font-mono text-xs leading-5 text-ink-faint select-none"
        >
          {lines.map((_, index) => index + 1).join('\n')}
          {'\n\n\n'}
        </pre>
        <TextArea
          ref={area}
          aria-label="The study as YAML"
          placeholder={EXAMPLE}
          spellCheck={false}
          wrap="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onScroll={({ currentTarget }) => {
            if (gutter.current) gutter.current.scrollTop = currentTarget.scrollTop;
          }}
          className="h-[36rem] resize-none rounded-none border-0 font-mono text-xs! leading-5 shadow-none focus:outline-none"
        />
      </div>
      <div>
        <Button size="sm" icon={<FileUp aria-hidden />} onClick={() => picker.current?.click()}>
          Load a file
        </Button>
        <input
          ref={picker}
          type="file"
          accept=".yaml,.yml,.json,text/yaml"
          hidden
          aria-label="YAML file"
          onChange={load}
        />
      </div>
    </div>
  );
}
