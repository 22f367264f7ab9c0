import { Visitor } from '@swc/core/Visitor.js'

/**
 * Who may import whom. A breach is an error of `npm run check`; run it alone with `npm run check:imports`.
 *
 * Each workspace has one rule that lists what it may use of ours; all else of ours is forbidden to it, so that a new
 * workspace is closed to the others until somebody decides otherwise.
 */
const WORKSPACES = '^(contracts|packages/[^/]+|services/[^/]+|gateway|web|tests|bench)/'

/** A workspace may import itself and the `allowed` ones, nothing else of ours. */
const onlyImports = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from,
  to: { path: WORKSPACES, pathNot: allowed },
})

const TESTS = String.raw`\.test\.ts$|^(packages|services)/[^/]+/test/`

// swc parses `using` and `await using`, but its visitor, by which imports are found, stops at them with an error.
const { visitStatement } = Visitor.prototype
Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement)
  statement.decls = this.visitVariableDeclarators(statement.decls)
  return statement
}

/** @type {import('dependency-cruiser').IConfiguration} */
const config = {
  forbidden: [
    onlyImports(
      'contracts-import-nothing',
      'The contract comes first: whoever reads or generates it must need no part of ours.',
      { path: '^contracts/' },
      ['^contracts/'],
    ),
    onlyImports(
      'kit-imports-contracts',
      'What every service is made of must not know any of them.',
      { path: '^packages/kit/', pathNot: TESTS },
      ['^packages/kit/', '^contracts/'],
    ),
    onlyImports(
      'services-import-kit-and-contracts',
      'Services meet over the network: what two of them need moves to kit. They run where there is no platform package.',
      { path: '^services/([^/]+)/', pathNot: TESTS },
      ['^services/$1/', '^packages/kit/', '^contracts/'],
    ),
    onlyImports(
      'tests-of-a-service-import-testkit-too',
      "A test may use a fresh database and a signed-in actor, but never another service's inside.",
      { path: '^(packages/kit|services/[^/]+)/(test/|.*[.]test[.]ts$)' },
      ['^$1/', '^packages/(kit|testkit)/', '^contracts/'],
    ),
    onlyImports(
      'gateway-imports-kit',
      'The gateway knows the services by the supergraph alone, which it reads as a file.',
      { path: '^gateway/' },
      ['^gateway/', '^packages/kit/'],
    ),
    onlyImports(
      'web-imports-contracts',
      "Server code must not reach a browser's bundle; the web is one client of the API among others.",
      { path: '^web/' },
      ['^web/', '^contracts/'],
    ),
    onlyImports(
      'platform-imports-nothing',
      'It starts the parts as processes, as a cluster does; an import would tie their start-up, memory and faults to it.',
      { path: '^packages/platform/' },
      ['^packages/platform/'],
    ),
    onlyImports(
      'cli-imports-platform',
      'A command only asks and prints; whatever it does is done by the platform, where tests can use it too.',
      { path: '^packages/cli/' },
      ['^packages/(cli|platform)/'],
    ),
    onlyImports(
      'testkit-imports-kit-contracts-and-platform',
      'It prepares the ground of every test, so it must not depend on what is tested.',
      { path: '^packages/testkit/' },
      ['^packages/(testkit|kit|platform)/', '^contracts/'],
    ),
    onlyImports(
      'black-box-tests-import-no-part',
      'Journeys and measurements see what a user sees: they start the platform and talk to its public interfaces.',
      { path: '^(tests|bench)/' },
      ['^$1/', '^packages/(platform|testkit)/'],
    ),
    {
      name: 'no-import-of-a-test',
      comment: 'Code that runs for users must not depend on a test or its fixtures.',
      severity: 'error',
      from: { pathNot: `${TESTS}|^gateway/test/|^tests/` },
      to: { path: `${TESTS}|^gateway/test/|^tests/` },
    },
    {
      name: 'workspaces-import-each-other-by-name',
      comment: "`@neotool/kit/errors`, never `../../kit/src/errors.ts`: a package's exports are its border.",
      severity: 'error',
      from: { path: WORKSPACES },
      to: { path: WORKSPACES, pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-circular-imports',
      comment:
        'Which of the two is evaluated first is luck, and one of them sees the other half made. A type is erased.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody imports it and nobody starts it: delete it, or name it here as something that is started.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          String.raw`\.d\.ts$`,
          String.raw`(^|/)[^/]+\.config\.(ts|mjs)$`,
          TESTS,
          '/generated/',
          // Next.js finds these by their place.
          '^web/src/(app/|i18n/request[.]ts$|proxy[.]ts$|instrumentation[.]ts$)',
        ],
      },
      to: {},
    },
    {
      name: 'no-unresolvable-import',
      comment: 'It would fail at start-up, or only when that line is reached.',
      severity: 'error',
      from: {},
      // Next.js itself supplies `server-only` to what it bundles.
      to: { couldNotResolve: true, pathNot: '^server-only$' },
    },
    {
      name: 'no-undeclared-package',
      comment:
        'It works by the luck of npm hoisting it; the image of one service has only what its package.json names.',
      severity: 'error',
      from: { path: WORKSPACES, pathNot: TESTS },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-package-at-run-time',
      comment: 'Images are built without devDependencies. A type costs nothing at run time and is allowed.',
      severity: 'error',
      from: {
        path: '^(packages/kit|services/[^/]+|gateway|web)/src/',
        pathNot: TESTS,
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
  ],
  options: {
    // The parser of TypeScript itself is not found with TypeScript 7, and without one no .ts file is seen at all.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`(^|/)\.next/|(^|/)next-env\.d\.ts$` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['main', 'types', 'typings'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
    cache: false,
  },
}

// biome-ignore lint/style/noDefaultExport: dependency-cruiser asks for it
export default config
