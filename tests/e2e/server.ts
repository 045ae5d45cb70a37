/**
 * A link that the start printed for this run.
 *
 * @param label what stands before it on its line, such as "Make the first admin".
 */
export function printedLink(label: string): string {
  const lines: string[] = JSON.parse(process.env.WINNOW_E2E_LINES ?? '[]');
  const link = lines.find((line) => line.startsWith(label))?.match(/https?:\/\/\S+/)?.[0];
  if (link === undefined) throw new Error(`The start printed no link for "${label}".`);
  return link;
}
