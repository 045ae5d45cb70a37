const LAYOUTS = [
  {
    title: 'One folder an arm, equal file names',
    text: 'Files of the same name are the same prompt. Texts of the prompts can lie beside in prompts.csv (key, text).',
    tree: 'run-7/\n├─ no-filter/\n│  ├─ beach.mp4\n│  └─ dog.mp4\n├─ aesthetic-25/\n│  ├─ beach.mp4\n│  └─ dog.mp4\n└─ prompts.csv',
  },
  {
    title: '{prompt}-{index}.mp4',
    text: 'The name carries the prompt and the number of its seed. One folder an arm.',
    tree: 'run-7/\n├─ no-filter/\n│  ├─ a red car-0.mp4\n│  └─ a red car-1.mp4\n└─ aesthetic-25/\n   ├─ a red car-0.mp4\n   └─ a red car-1.mp4',
  },
  {
    title: 'A table and the files that it names',
    text: 'CSV or JSONL. For captions: clip, captioner, caption.',
    tree: 'videos.csv\n  model,prompt,seed,path\n  base,A red car,0,v/1.mp4\n  cut,A red car,0,v/2.mp4\nv/\n├─ 1.mp4\n└─ 2.mp4',
  },
];

/** The three ways in which videos can lie, each with a small example. */
export function LayoutTrees() {
  return (
    <ul className="grid gap-4 text-left md:grid-cols-3">
      {LAYOUTS.map(({ title, text, tree }) => (
        <li
          key={title}
          className="flex flex-col gap-2 rounded-xl border border-line bg-surface p-4"
        >
          <h3 className="font-medium text-ink">{title}</h3>
          <p className="text-sm text-ink-faint">{text}</p>
          <pre className="mt-auto overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-xs leading-relaxed text-ink-soft">
            {tree}
          </pre>
        </li>
      ))}
    </ul>
  );
}
