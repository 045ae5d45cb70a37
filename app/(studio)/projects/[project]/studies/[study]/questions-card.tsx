import { Card } from '#components/card.tsx';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';

/** What raters are asked, and how far each question is. */
export function QuestionsCard({ study }: { study: StudyDetail }) {
  return (
    <Card title={study.questions.length === 1 ? 'Question' : 'Questions'}>
      <ol className="flex flex-col gap-4">
        {study.questions.map((question) => (
          <li key={question.key}>
            <p className="font-medium [overflow-wrap:anywhere]">{question.wording.en}</p>
            {question.wording.zh && (
              <p lang="zh" className="text-sm text-ink-soft [overflow-wrap:anywhere]">
                {question.wording.zh}
              </p>
            )}
            <p className="font-mono text-xs text-ink-faint">{question.key}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
