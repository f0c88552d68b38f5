// Runs the pages of tests/browser/ in headless Chromium, which is installed when it is missing.
import {existsSync} from "node:fs";
import {join} from "node:path";
import {installDebian} from "./install-debian.js";
import {installPackages} from "./own-packages.js";
import {checkTypes, ROOT, runTests, testFiles} from "./test-files.js";

const folder = join(ROOT, "tests", "browser");
const browser = "chromium-headless-shell";
if (!existsSync(`/usr/bin/${browser}`)) installDebian(browser);
await installPackages(folder);
const types = checkTypes(folder);
/**
 * Who misses a slot because a browser took the processor is shown to have missed it, and what paints late paints late: what
 * is about slots missed, nodes that fell silent, questions a second and the first paint runs one file after the other.
 */
const ALONE = /(verdicts|kicked|network-board|screens|search)\.test\.ts$/;
const files = testFiles(folder);
const seconds = 600;
const beside = await runTests(
  files.filter(file => !ALONE.test(file)),
  {concurrency: 2, seconds},
);
const alone = await runTests(
  files.filter(file => ALONE.test(file)),
  {concurrency: 1, seconds},
);
process.exitCode = types || beside || alone;
