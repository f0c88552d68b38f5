// `npm run test:genuine -- FOLDER rehearsals`: networks on the runtimes of all chain specs in a folder and those in it, as a
// table. Exit code 0 if all that can be rehearsed hold.
import process from "node:process";
import {specsIn} from "./support/all-specs.ts";
import {refusalOf, runRehearsed} from "./support/rehearsed-battery.ts";

const widths = [62, 28, 6, 8, 6, 7, 5, 5, 7, 0];
const print = (...columns: readonly string[]) =>
  process.stdout.write(
    `${columns
      .map((column, i) => column.padEnd(widths[i]!))
      .join(" ")
      .trimEnd()}\n`,
  );

const COLUMNS = ["turns", "session", "kick", "silent", "full", "warp", "judged"] as const;
const [folder] = process.argv.slice(2);
let [held, run] = [0, 0];
print("spec", "runtime", ...COLUMNS, "what is wrong");
for (const {name, text} of specsIn(folder!)) {
  const refusal = refusalOf(text);
  if (refusal !== undefined) {
    print(name, "?", ...COLUMNS.map(() => ""), refusal);
    continue;
  }
  run++;
  const row = await runRehearsed(text).catch((error: Error) => error);
  if (row instanceof Error) {
    print(name, "?", ...COLUMNS.map(() => "-"), row.message);
    continue;
  }
  const wrong = COLUMNS.filter(column => !/^(ok|-|\d+)$/.test(row[column]));
  if (wrong.length === 0) held++;
  const shown = COLUMNS.map(column => (wrong.includes(column) ? "fails" : row[column]));
  const reasons = wrong.map(column => `${column}: ${row[column]}`);
  print(name, row.runtime, ...shown, reasons.join("; "));
}
process.stdout.write(`${held} of ${run} hold\n`);
process.exitCode = held > 0 && held === run ? 0 : 1;
