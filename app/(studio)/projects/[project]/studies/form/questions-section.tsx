'use client';

import { Plus } from 'lucide-react';
import { Button } from '#components/button.tsx';
import type { LocalizedText, Question } from '#lib/studies/schema.ts';
import { ExamplesEditor } from './examples-editor.tsx';
import { Section } from './section.tsx';
import { TextField } from './spec-fields.tsx';
import { removeAt, replaceAt, type SpecStore } from './spec-store.ts';

const MOST = 6;

/** What is asked, in English and, if wanted, in Chinese. */
export function QuestionsSection({ spec, change }: SpecStore) {
  const { questions } = spec;
  const add = () =>
    change({
      questions: [...questions, { key: freeKey(questions), wording: { en: '' }, examples: [] }],
    });
  return (
    <Section
      id="questions"
      title="Questions"
      description="Each is voted on by itself. Raters read the English wording unless theirs is Chinese."
      actions={
        questions.length < MOST && (
          <Button size="sm" icon={<Plus aria-hidden />} onClick={add}>
            Add a question
          </Button>
        )
      }
    >
      <ol className="flex flex-col divide-y divide-line">
        {questions.map((question, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: keys change while they are typed
          <li key={index} className="py-6 first:pt-0 last:pb-0">
            <QuestionEditor
              index={index}
              question={question}
              spec={spec}
              onChange={(next) => change({ questions: replaceAt(questions, index, next) })}
              onRemove={
                questions.length > 1
                  ? () => change({ questions: removeAt(questions, index) })
                  : null
              }
            />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function freeKey(questions: readonly Question[]): string {
  const taken = new Set(questions.map((question) => question.key));
  for (let number = questions.length + 1; ; number++)
    if (!taken.has(`question-${number}`)) return `question-${number}`;
}

interface Shape {
  index: number;
  question: Question;
  spec: SpecStore['spec'];
  onChange: (question: Question) => void;
  onRemove: (() => void) | null;
}

function QuestionEditor({ index, question, spec, onChange, onRemove }: Shape) {
  const place = `questions[${index}]`;
  const { instructions } = question;
  const setInstructions = (text: { en: string; zh: string }) => {
    const { instructions: _, ...rest } = question;
    onChange(
      text.en === '' && text.zh === ''
        ? rest
        : { ...rest, instructions: withZh({ en: text.en }, text.zh) },
    );
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-sm font-semibold text-ink-soft">Question {index + 1}</h3>
        {onRemove && (
          <Button size="sm" variant="quiet" onClick={onRemove}>
            Remove
          </Button>
        )}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          place={`${place}.wording.en`}
          label="Wording"
          value={question.wording.en}
          onChange={(en) => onChange({ ...question, wording: { ...question.wording, en } })}
        />
        <TextField
          place={`${place}.wording.zh`}
          label="Wording in Chinese"
          isOptional
          lang="zh"
          value={question.wording.zh ?? ''}
          onChange={(zh) =>
            onChange({ ...question, wording: withZh({ en: question.wording.en }, zh) })
          }
        />
        <TextField
          place={`${place}.instructions.en`}
          label="Instructions"
          isOptional
          rows={3}
          value={instructions?.en ?? ''}
          onChange={(en) => setInstructions({ en, zh: instructions?.zh ?? '' })}
        />
        <TextField
          place={`${place}.instructions.zh`}
          label="Instructions in Chinese"
          isOptional
          rows={3}
          lang="zh"
          value={instructions?.zh ?? ''}
          onChange={(zh) => setInstructions({ en: instructions?.en ?? '', zh })}
        />
        <TextField
          place={`${place}.key`}
          label="Short name"
          hint="How files and reports call it, such as visual-quality."
          value={question.key}
          onChange={(key) => onChange({ ...question, key })}
        />
      </div>
      <ExamplesEditor
        place={place}
        spec={spec}
        examples={question.examples}
        onChange={(examples) => onChange({ ...question, examples })}
      />
    </div>
  );
}

function withZh(text: LocalizedText, zh: string): LocalizedText {
  return zh === '' ? text : { ...text, zh };
}
