import type { ArmSpec } from '#lib/studies/schema.ts';

type Hyperparameters = ArmSpec['hyperparameters'];

/** `steps=40000; base=sd21; seed=` as fields: numbers and true/false as such, nothing as unknown. */
export function readHyperparameters(text: string): Hyperparameters {
  const found: Hyperparameters = {};
  for (const part of text.split(/[;\n]/)) {
    const [, name = '', value = ''] = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (name !== '') found[name.slice(0, 80)] = readValue(value);
  }
  return found;
}

/** The reverse of `readHyperparameters`. */
export function writeHyperparameters(values: Hyperparameters): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value ?? ''}`)
    .join('; ');
}

function readValue(text: string): Hyperparameters[string] {
  if (text === '') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return Number.isNaN(number) ? text.slice(0, 500) : number;
}
