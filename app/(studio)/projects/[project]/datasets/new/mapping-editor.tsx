'use client';

import { useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { classNames } from '#components/class-names.ts';
import { Input, Select, TextArea } from '#components/input.tsx';
import type { SourcePreview } from '#lib/datasets/schema.ts';
import {
  draftProblems,
  isNamed,
  type MappingDraft,
  ROLES,
  type Role,
  readMapping,
  roleOf,
  withRole,
  writeMapping,
} from './mapping-draft.ts';

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  path: 'Path of the clip',
  key: 'Key of the clip',
  uid: 'uid (32 hex digits)',
  num_frames: 'Number of frames',
  width: 'Width',
  height: 'Height',
  fps: 'Frames per second',
  score: 'Score',
  caption: 'Caption',
  text: 'Other text',
};
/** Roles of columns that hold numbers. */
const NUMERIC: readonly Role[] = ['num_frames', 'width', 'height', 'fps', 'score'];

export interface MappingEditorProps {
  readonly preview: SourcePreview;
  readonly draft: MappingDraft;
  readonly onChange: (draft: MappingDraft) => void;
}

/** Which column means what, by choices or as text. */
export function MappingEditor({ preview, draft, onChange }: MappingEditorProps) {
  const [text, setText] = useState<string | null>(null);
  const toText = () => setText(writeMapping(draft));
  return (
    <Card
      title="What the columns mean"
      description="Only what has a meaning comes into the dataset. Any number can become a score, and any score an axis."
      actions={
        <Button size="sm" onClick={() => (text === null ? toText() : setText(null))}>
          {text === null ? 'Edit as YAML' : 'Edit by choices'}
        </Button>
      }
      isFlush
    >
      {text === null ? (
        <ColumnRows preview={preview} draft={draft} onChange={onChange} />
      ) : (
        <MappingText
          text={text}
          onChange={(next) => {
            setText(next);
            const read = readMapping(next);
            if (read.kind === 'read') onChange(read.draft);
          }}
        />
      )}
    </Card>
  );
}

function MappingText({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const read = readMapping(text);
  return (
    <div className="flex flex-col gap-3 px-5 pb-5">
      <TextArea
        aria-label="The mapping as YAML"
        rows={Math.min(24, Math.max(10, text.split('\n').length + 1))}
        spellCheck={false}
        wrap="off"
        value={text}
        onChange={({ target }) => onChange(target.value)}
        className="font-mono text-xs! leading-5"
      />
      {read.kind === 'refused' && (
        <ul role="alert" className="flex flex-col gap-1 text-sm text-bad">
          {read.problems.map((problem) => (
            <li key={problem} className="[overflow-wrap:anywhere]">
              {problem}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ColumnRows({ preview, draft, onChange }: MappingEditorProps) {
  const problems = draftProblems(draft);
  const exampleOf = (name: string) =>
    preview.rows.map((row) => row[name]).find((value) => value !== null && value !== '');
  return (
    <ul className="divide-y divide-line border-t border-line">
      {preview.columns.map(({ name, type, isNumeric }) => {
        const held = roleOf(draft, name);
        const problem = problems.byColumn.get(name);
        const roles = ROLES.filter(
          (role) => isNumeric || !NUMERIC.includes(role) || type === 'TEXT',
        );
        return (
          <li
            key={name}
            className={classNames(
              'grid items-start gap-x-4 gap-y-2 px-5 py-2.5 md:grid-cols-[minmax(0,1fr)_14rem_14rem]',
              held === null && 'bg-canvas',
            )}
          >
            <div className="min-w-0 self-center">
              <p className="text-sm">
                <span className="font-medium [overflow-wrap:anywhere]">{name}</span>{' '}
                <span className="text-xs text-ink-faint">{type.toLowerCase()}</span>
              </p>
              <p className="truncate text-xs text-ink-faint">
                {exampleOf(name) ?? 'empty in the first rows'}
              </p>
            </div>
            <Select
              aria-label={`What ${name} means`}
              value={held?.role ?? ''}
              onChange={({ target }) => {
                const role = ROLES.find((each) => each === target.value);
                onChange(withRole(draft, name, role === undefined ? null : { role }));
              }}
            >
              <option value="">Left out</option>
              {roles.map((role) => (
                <option key={role} value={role}>
                  {ROLE_WORDS[role]}
                </option>
              ))}
            </Select>
            {held !== null && isNamed(held.role) ? (
              <NameInput
                column={name}
                name={held.name ?? ''}
                problem={problem}
                onChange={(next) =>
                  onChange(withRole(draft, name, { role: held.role, name: next }))
                }
              />
            ) : (
              <span className="hidden md:block" />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function NameInput(props: {
  column: string;
  name: string;
  problem: string | undefined;
  onChange: (name: string) => void;
}) {
  const { column, name, problem, onChange } = props;
  // Half-typed names may be those of others; they are taken when the field is left.
  const [typed, setTyped] = useState(name);
  return (
    <div className="flex flex-col gap-1">
      <Input
        key={name}
        aria-label={`Name of ${column} in the dataset`}
        aria-invalid={problem !== undefined || undefined}
        value={typed}
        maxLength={63}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={() => {
          const next = typed.trim();
          if (next !== '' && next !== name) onChange(next);
          else setTyped(name);
        }}
      />
      {problem !== undefined && (
        <p role="alert" className="text-xs text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}
