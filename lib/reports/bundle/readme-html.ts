import type { PaperTable } from './tables.ts';

export interface Readme {
  readonly title: string;
  readonly subtitle: string;
  /** Paragraphs of the methods text: heading and plain text. */
  readonly methods: readonly { readonly heading: string; readonly text: string }[];
  readonly figures: readonly { readonly file: string; readonly label: string }[];
  readonly tables: readonly PaperTable[];
  readonly files: readonly { readonly path: string; readonly what: string }[];
  /** Command lines that compute the numbers again. */
  readonly commands: readonly string[];
}

/** A page without any script that opens from the unpacked folder, offline. */
export function readmeHtml(readme: Readme): string {
  const { title, subtitle, methods, figures, tables, files, commands } = readme;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
body { font: 16px/1.55 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1f; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
table { border-collapse: collapse; margin: 1rem 0 2rem; font-size: 0.9rem; display: block; overflow-x: auto; }
caption { text-align: left; padding-bottom: 0.4rem; color: #55555c; }
th, td { padding: 0.3rem 0.8rem; text-align: left; border-bottom: 1px solid #e2e2e6; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1.5rem 0; } img { max-width: 100%; height: auto; }
pre { background: #f4f4f6; padding: 0.8rem; overflow-x: auto; } .s { color: #55555c; margin-top: 0.2rem; }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="s">${escapeHtml(subtitle)}</p>
${tables.map(tableHtml).join('\n')}
<h2>Figures</h2>
${figures
  .map(
    ({ file, label }) =>
      `<figure><img src="${escapeHtml(file)}" alt="${escapeHtml(label)}"><figcaption class="s">${escapeHtml(label)}</figcaption></figure>`,
  )
  .join('\n')}
<h2>Human evaluation</h2>
${methods.map(({ heading, text }) => `<p><strong>${escapeHtml(heading)}.</strong> ${escapeHtml(text)}</p>`).join('\n')}
<h2>Compute it again</h2>
<p>With Winnow, from the votes of each question. The estimates and their errors are the same to rounding; numbers that come from random draws differ by what the draws do, since the order of the arms differs. On the server that made this file, <code>winnow recompute</code> gives every digit.</p>
<pre>${escapeHtml(commands.join('\n'))}</pre>
<h2>Files</h2>
<table>
<thead><tr><th scope="col">File</th><th scope="col">What it is</th></tr></thead>
<tbody>
${files.map(({ path, what }) => `<tr><td><a href="${escapeHtml(path)}">${escapeHtml(path)}</a></td><td>${escapeHtml(what)}</td></tr>`).join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

function tableHtml({ caption, columns, rows }: PaperTable): string {
  const shape = (place: number) => (columns[place]?.isNumber ? ' class="n"' : '');
  const head = columns.map(
    ({ header }, place) => `<th scope="col"${shape(place)}>${escapeHtml(header)}</th>`,
  );
  const body = rows.map(
    (row) =>
      `<tr>${row.map((cell, place) => `<td${shape(place)}>${escapeHtml(cell)}</td>`).join('')}</tr>`,
  );
  return `<table>
<caption>${escapeHtml(caption)}</caption>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
