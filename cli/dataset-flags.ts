import type { Command } from 'commander';
import { AppError } from '#lib/core/errors.ts';

/** Which version of which dataset a command is about. */
export interface VersionFlags {
  project: string;
  dataset: string;
  version?: string;
}

/** Adds the options that name a dataset version. */
export function versionOptions(command: Command): Command {
  return command
    .requiredOption('--project <slug>', 'the project')
    .requiredOption('--dataset <slug>', 'the dataset')
    .option('--version <number>', 'its version (default: the newest one that is done)');
}

/** The address that these options give. @throws AppError BAD_INPUT */
export function addressOf({ project, dataset, version }: VersionFlags) {
  if (version === undefined) return { project, dataset };
  return { project, dataset, version: wholeNumber('--version', version) };
}

/** @throws AppError BAD_INPUT for what is no whole number */
export function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new AppError('BAD_INPUT', `${option} takes a whole number, not "${text}".`);
  return Number(text);
}
