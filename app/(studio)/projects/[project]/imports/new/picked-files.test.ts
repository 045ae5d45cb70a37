import { expect, test } from 'vitest';
import { filesOfDrop, nameOf, type PickedFile } from './picked-files.ts';

/** A dropped tree as browsers give it: a reader yields its entries in parts, then none. */
function entry(path: string, inside?: readonly FileSystemEntry[]): FileSystemEntry {
  const base = { fullPath: `/${path}`, isFile: !inside, isDirectory: Boolean(inside) };
  let rest = inside ?? [];
  const more = inside && {
    createReader: () => ({
      readEntries: (give: (entries: readonly FileSystemEntry[]) => void) => {
        give(rest.slice(0, 1));
        rest = rest.slice(1);
      },
    }),
  };
  const file = !inside && { file: (give: (file: File) => void) => give(new File([], path)) };
  return { ...base, ...more, ...file } as unknown as FileSystemEntry;
}

const drop = (...entries: FileSystemEntry[]) =>
  filesOfDrop({
    items: entries.map((each) => ({ webkitGetAsEntry: () => each })),
  } as unknown as DataTransfer);

test('a dropped folder is read to its last file; system files are left out', async () => {
  const files = await drop(
    entry('run', [
      entry('run/b', [entry('run/b/x.mp4'), entry('run/b/.DS_Store')]),
      entry('run/a', [entry('run/a/x.mp4'), entry('run/a/Thumbs.db')]),
    ]),
    entry('loose.csv'),
  );
  expect(files.map((file) => file.path)).toEqual(['loose.csv', 'run/a/x.mp4', 'run/b/x.mp4']);
});

test('a common folder names the import', () => {
  const at = (...paths: string[]): PickedFile[] =>
    paths.map((path) => ({ path, file: new File([], path) }));
  expect(nameOf(at('run/a/x.mp4', 'run/prompts.csv'))).toBe('run');
  expect(nameOf(at('a/x.mp4', 'b/x.mp4'))).toBe('');
  expect(nameOf(at('x.mp4'))).toBe('');
  expect(nameOf([])).toBe('');
});
