const PLACE = /\{([a-z][a-z0-9_]*)\}/g;

/** The names in braces that a prompt asks for, each once. */
export function placesIn(prompt: string): string[] {
  return [...new Set([...prompt.matchAll(PLACE)].map((match) => match[1] ?? ''))];
}

/**
 * Puts texts into a prompt's places. A line whose places have no text is left out, so that a prompt does
 * not ask about a caption that is missing; what a caption itself holds in braces stays as it is.
 */
export function fillPrompt(prompt: string, texts: Readonly<Record<string, string>>): string {
  return prompt
    .split('\n')
    .filter((line) => placesIn(line).every((name) => texts[name] !== undefined))
    .map((line) => line.replace(PLACE, (place, name: string) => texts[name] ?? place))
    .join('\n');
}
