// Prometheus, from Debian, held to our rules and pointed at a running node, and shells that complete the command line;
// installed when they are missing.
import {existsSync} from "node:fs";
import {join} from "node:path";
import process from "node:process";
import {installDebian} from "./install-debian.js";
import {ROOT, runTests, testFiles} from "./test-files.js";

for (const name of ["prometheus", "zsh", "fish"]) {
  if (!existsSync(`/usr/bin/${name}`)) installDebian(name);
}
process.exitCode = await runTests(testFiles(join(ROOT, "tests", "ops")), {seconds: 300});
