// Runs the pages of tests/browser/ in headless Chromium, which is installed when it is missing.
import {existsSync} from "node:fs";
import {join} from "node:path";
import {installDebian} from "./install-debian.js";
import {installPackages} from "./own-packages.js";
import {checkTypes, ROOT, runTests, testFiles} from "./test-files.js";

const folder = join(ROOT, "tests", "browser");
if (!existsSync("/usr/bin/chromium")) installDebian("chromium");
installPackages(folder);
const types = checkTypes(folder);
// One after the other: who misses a slot because a browser took the processor is shown to have missed it.
process.exitCode = types || (await runTests(testFiles(folder), {concurrency: 1, seconds: 240}));
