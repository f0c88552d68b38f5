// Runs every *.test.ts below src/ and tests/ (or the files and folders named) that needs no more than `npm ci`.
import {join} from "node:path";
import {ROOT, runTests, testFiles} from "./test-files.js";

const named = process.argv.slice(2);
const paths = named.length > 0 ? named : ["src", "tests"];
process.exitCode = await runTests(
  paths.flatMap(path => testFiles(join(ROOT, path))),
  {
    // The longest is a nightly client that stays for ten minutes; what hangs has to end.
    seconds: 900,
  },
);

if (named.length === 0) {
  process.stdout.write(`
==========================================================================================
NOT RUN by this command, because each needs packages of its own from the registry:

  npm run test:compat    the clients that users have: @polkadot/api, polkadot-api, dedot,
                         sidecar, txwrapper, subsquid, chopsticks (each is installed)
  npm run test:browser   a page in headless Chromium (installed by apt-get when missing)
  npm run test:ops       rules and board held to Prometheus (installed by apt-get when missing)
  npm run test:nightly   what takes long: many simulated seeds, clients idle for ten minutes

.ci/run runs the first three.
==========================================================================================
`);
}
