import { Card } from '#components/card.tsx';
import type { SourcePreview } from '#lib/datasets/schema.ts';
import { countOf } from '../../imports/import-words.ts';

const ROWS = 8;

/** What was found: the files and the first rows. */
export function PreviewCard({ preview }: { preview: SourcePreview }) {
  const { files, fileNames, columns, rows, format, passedOver } = preview;
  return (
    <Card
      title="The first rows"
      description={`${countOf(files, 'file')} of ${format}, ${countOf(columns.length, 'column')}: ${fileNames.slice(0, 3).join(', ')}${files > 3 ? ', …' : ''}`}
      isFlush
    >
      <div className="relative overflow-x-auto border-t border-line">
        <table className="w-full border-collapse text-left text-xs">
          <caption className="sr-only">First rows of the table</caption>
          <thead>
            <tr className="border-b border-line bg-canvas text-ink-faint">
              {columns.map(({ name, type }) => (
                <th
                  key={name}
                  scope="col"
                  className="px-3 py-2 font-medium whitespace-nowrap first:pl-5"
                >
                  <span className="text-ink-soft">{name}</span>{' '}
                  <span className="font-normal">{type.toLowerCase()}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview never move
              <tr key={index} className="border-b border-line last:border-b-0">
                {columns.map(({ name }) => (
                  <td
                    key={name}
                    className="max-w-64 truncate px-3 py-1.5 first:pl-5"
                    title={row[name] ?? ''}
                  >
                    {row[name] ?? <span className="text-ink-faint">none</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {passedOver.length > 0 && (
        <details className="border-t border-line px-5 py-3 text-sm">
          <summary className="text-ink-soft">
            {countOf(passedOver.length, 'file')} passed over
          </summary>
          <ul className="mt-2 flex flex-col gap-1">
            {passedOver.map(({ file, reason }) => (
              <li key={file} className="[overflow-wrap:anywhere]">
                {file} <span className="text-ink-faint">{reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}
