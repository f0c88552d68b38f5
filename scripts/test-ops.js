// Prometheus, from Debian, held to our rules and pointed at a running node; installed when it is missing.
import {existsSync} from "node:fs";
import {join} from "node:path";
import process from "node:process";
import {installDebian} from "./install-debian.js";
import {ROOT, runTests, testFiles} from "./test-files.js";

if (!existsSync("/usr/bin/prometheus")) installDebian("prometheus");
process.exitCode = await runTests(testFiles(join(ROOT, "tests", "ops")), {seconds: 120});
