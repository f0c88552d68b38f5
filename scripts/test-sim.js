// Runs the simulation over many seeds: SIM_RUNS of them (200 if not said) from SIM_FIRST on, or SIM_SEED alone.
import {spawn} from "node:child_process";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const child = spawn(
  process.execPath,
  ["--import", "tsx", "--test", "--test-reporter=spec", "tests/sim/simulation.test.ts"],
  {cwd: root, stdio: "inherit", env: {SIM_RUNS: "200", ...process.env}},
);
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
