// Kills processes in the middle of their work: KILLS of them (12 if not said), at the moments that KILL_SEED chooses.
import {join} from "node:path";
import {ROOT, runTests, testFiles} from "./test-files.js";

process.exitCode = await runTests(testFiles(join(ROOT, "tests", "kills")), {
  concurrency: 1,
  // Two hundred kills take an hour.
  seconds: 7_200,
});
