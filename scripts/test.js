// Runs every *.test.ts below src/ and tests/ (or the files and folders named) that needs no more than `npm ci`.
import {join} from "node:path";
import {ROOT, runTests, testFiles} from "./test-files.js";

const named = process.argv.slice(2);
const paths = named.length > 0 ? named : ["src", "tests"];
/** They keep all cores busy, which tests that run beside them would feel. */
const ALONE = join(ROOT, "tests", "kills");
/** They bring packages of their own, beside the tests. */
const GENUINE = join(ROOT, "tests", "genuine");
const isWanted = file => named.length > 0 || !(file.startsWith(ALONE) || file.startsWith(GENUINE));
process.exitCode = await runTests(
  paths.flatMap(path => testFiles(join(ROOT, path))).filter(isWanted),
  {
    // The longest is a nightly client that stays for ten minutes; what hangs has to end.
    seconds: 900,
  },
);

if (named.length === 0) {
  process.stdout.write(`
==========================================================================================
NOT RUN by this command:

  npm run test:kills     nodes killed in the middle of their work (keeps all cores busy)

nor, because each needs packages of its own from the registry:

  npm run test:compat    the clients that users have: @polkadot/api, polkadot-api, dedot,
                         sidecar, txwrapper, subsquid, chopsticks (each is installed)
  npm run test:genuine   runtimes built for Substrate, from chain specs on npm
  npm run test:browser   a page in headless Chromium (installed by apt-get when missing)
  npm run test:ops       rules and board held to Prometheus, completion by zsh and fish (installed
                         by apt-get when missing)
  npm run test:nightly   what takes long: many simulated seeds, clients idle for ten minutes

.ci/run runs all but the last.
==========================================================================================
`);
}
