import { isMap, isScalar, isSeq, parseDocument, type Scalar } from 'yaml';

const HASH = /^[0-9a-f]{64}$/;

/**
 * Replaces every picture of a study's prompts that is not named by its hash. The text keeps its
 * lines, so that mistakes found later are still told at the right place; a text that is no study is
 * left as it is, for `parseSpec` to refuse.
 */
export async function replaceImages(
  yaml: string,
  hashOf: (path: string) => Promise<string>,
): Promise<string> {
  const document = parseDocument(yaml);
  const prompts = document.errors.length === 0 ? document.get('prompts') : null;
  const found: Scalar<string>[] = [];
  if (isSeq(prompts))
    for (const prompt of prompts.items) {
      const images = isMap(prompt) ? prompt.get('images') : null;
      if (!isSeq(images)) continue;
      for (const image of images.items)
        if (isScalar<string>(image) && typeof image.value === 'string' && !HASH.test(image.value))
          found.push(image);
    }
  let text = yaml;
  // From the end, so that the places before stay right.
  for (const image of found.toReversed()) {
    const [start, end] = image.range ?? [0, 0];
    if (end > start) text = text.slice(0, start) + (await hashOf(image.value)) + text.slice(end);
  }
  return text;
}
