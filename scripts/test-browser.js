// Runs the page of tests/browser/ in headless Chromium, which is installed when it is missing.
import {execFileSync} from "node:child_process";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {installPackages} from "./own-packages.js";
import {checkTypes, ROOT, runTests, testFiles} from "./test-files.js";

const folder = join(ROOT, "tests", "browser");
if (!existsSync("/usr/bin/chromium")) {
  process.stdout.write("installing chromium\n");
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
  ]) {
    execFileSync("apt-get", args, {
      stdio: ["ignore", "ignore", "inherit"],
      env: {...process.env, DEBIAN_FRONTEND: "noninteractive"},
    });
  }
}
installPackages(folder);
const types = checkTypes(folder);
process.exitCode = types || (await runTests(testFiles(folder), {seconds: 120}));
