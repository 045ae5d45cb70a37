// Runs before npm start, npm test and the like: installs what package-lock.json asks for and
// makes the Prisma client, each only when it is out of date. It may run on Node 18.19, before
// anything is installed, so it uses built-in modules only and no TypeScript. What follows it runs
// on the Node that is installed here (node_modules/.bin/node).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const OLDEST_NODE = [18, 19];
const OLDEST_NPM = [9, 0];
const INSTALLED_LOCK = 'node_modules/.package-lock.json';
const MARK = 'node_modules/.winnow-lock';
/** Standard output belongs to the command that follows. */
const STDIO = ['inherit', process.stderr, 'inherit'];

try {
  checkVersion('Node', process.versions.node, OLDEST_NODE);
  checkVersion('npm', npmVersion(), OLDEST_NPM);
  installPackages();
  generateClient();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

function npmVersion() {
  const match = /^npm\/(\S+)/.exec(process.env.npm_config_user_agent ?? '');
  return match ? match[1] : undefined;
}

function checkVersion(name, version, oldest) {
  if (version === undefined) return;
  const [major, minor] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new Error(`Winnow needs ${name} ${oldest.join('.')} or later, and this is ${version}.`);
}

function installPackages() {
  const lock = readFileSync('package-lock.json', 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === hash) return;
  if (!isInstalled(lock)) {
    console.error('Installing packages (once, about a minute)...');
    runInstall();
  }
  writeFileSync(MARK, hash);
}

/** Whether somebody's own npm install has brought exactly what the lock file asks for. */
function isInstalled(lock) {
  if (!existsSync(INSTALLED_LOCK)) return false;
  const wanted = JSON.parse(lock).packages;
  const installed = JSON.parse(readFileSync(INSTALLED_LOCK, 'utf8')).packages;
  const isSame = (path) => wanted[path]?.version === installed[path].version;
  const isThere = (path) => path === '' || path in installed || isForOthers(wanted[path]);
  return Object.keys(installed).every(isSame) && Object.keys(wanted).every(isThere);
}

function isForOthers(entry) {
  return entry.optional === true || entry.devOptional === true || entry.peer === true;
}

function runInstall() {
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const [program, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const { status, error } = spawnSync(program, [...first, ...args], {
    stdio: STDIO,
    env: {
      // Keeps install scripts from downloading programs that Winnow does not use.
      SKIP_FFMPEG: 'true',
      ONNXRUNTIME_NODE_INSTALL: 'skip',
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      ...process.env,
    },
  });
  if (status === 0) return;
  throw new Error(
    `The packages could not be installed (npm ci: ${error ? error.message : `exit ${status}`}). ` +
      'npm needs its registry or a filled cache; its own reason stands above.',
  );
}

function generateClient() {
  const node = existsSync('node_modules/node/bin/node')
    ? 'node_modules/node/bin/node'
    : process.execPath;
  const { status } = spawnSync(node, ['scripts/generate.ts'], { stdio: STDIO });
  if (status === 0) return;
  throw new Error('The database client could not be made from prisma/schema.prisma: see above.');
}
