/** A file that a person chose, under the path that it gets in the import. */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

const SYSTEM_FILES = /(^|\/)(\.|thumbs\.db$|desktop\.ini$|__macosx\/)/i;

/** The files of an `<input type="file">`, with their folders where a folder was chosen. */
export function filesOfInput(list: FileList): PickedFile[] {
  const picked = [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  return picked.filter(isWanted);
}

/** The files of a drop, also those inside dropped folders. Call it within the event. */
export async function filesOfDrop(transfer: DataTransfer): Promise<PickedFile[]> {
  // The entries are gone once the event is over, so they are taken first and read afterwards.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const picked: PickedFile[] = [];
  const pending = entries;
  for (let entry = pending.pop(); entry; entry = pending.pop()) {
    if (isFolder(entry)) pending.push(...(await readFolder(entry)));
    else if (isFile(entry)) picked.push({ path: pathOf(entry), file: await readFile(entry) });
  }
  return picked.filter(isWanted).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** What an import of these files is called unless its person says otherwise. */
export function nameOf(files: readonly PickedFile[]): string {
  const [first] = files;
  if (!first) return '';
  const folder = first.path.includes('/') ? first.path.split('/')[0] : undefined;
  const isShared = files.every(({ path }) => path.startsWith(`${folder}/`));
  return folder !== undefined && isShared ? folder : '';
}

function isWanted({ path }: PickedFile): boolean {
  return !SYSTEM_FILES.test(path);
}

function pathOf(entry: FileSystemEntry): string {
  return entry.fullPath.replace(/^\//, '');
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function readFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives a hundred entries at a time, and none at the end. */
async function readFolder(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
