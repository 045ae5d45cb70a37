import { Command, CommanderError } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { registerAgreement } from './agreement.ts';
import { registerAxis } from './axis.ts';
import { registerCurate } from './curate.ts';
import { registerDataset } from './dataset.ts';
import { registerImport } from './import.ts';
import { registerImports } from './imports.ts';
import { registerManifest } from './manifest.ts';
import { registerPlan } from './plan.ts';
import { registerRank } from './rank.ts';
import { registerRaters } from './raters.ts';
import { registerRecompute } from './recompute.ts';
import { registerScenes } from './scenes.ts';
import { registerScores } from './scores.ts';
import { registerSetup } from './setup.ts';
import { registerSimulate } from './simulate.ts';
import { registerStudy } from './study.ts';
import { registerSubset } from './subset.ts';
import { registerVotes } from './votes.ts';

const program = new Command('winnow')
  .description('Human preference studies over video models, from the command line.')
  .showHelpAfterError('(add --help for the options)')
  .exitOverride();

// Each command is a file of its own that registers itself here.
registerAgreement(program);
registerAxis(program);
registerCurate(program);
registerDataset(program);
registerImport(program);
registerImports(program);
registerManifest(program);
registerPlan(program);
registerRank(program);
registerRaters(program);
registerRecompute(program);
registerStudy(program);
registerSimulate(program);
registerScenes(program);
registerScores(program);
registerSetup(program);
registerSubset(program);
registerVotes(program);

/** Exit status: 0 done, 1 a fault of ours, 2 something for the user to put right. */
async function main(): Promise<number> {
  try {
    await program.parseAsync();
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof AppError) {
      process.stderr.write(`winnow: ${error.message}\n`);
      return 2;
    }
    throw error;
  }
}

process.exitCode = await main();
