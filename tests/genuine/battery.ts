// `npm run test:genuine -- FOLDER`: the runtimes of all raw chain specs in a folder, as a table. Exit code 0 if all hold.
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import process from "node:process";
import {runBattery} from "./support/battery.ts";

const [folder] = process.argv.slice(2);
const files = readdirSync(folder!).filter(file => file.endsWith(".json"));
let holds = files.length > 0;
const print = (...columns: string[]) => {
  const [file, runtime, blocks, rest] = columns;
  const line = `${file!.padEnd(40)} ${runtime!.padEnd(28)} ${blocks!.padEnd(8)} ${rest}`;
  process.stdout.write(`${line.trimEnd()}\n`);
};
print("spec", "runtime", "blocks", "what is wrong, or lacks");
for (const file of files) {
  try {
    const {runtime, missing, blocks} = runBattery(readFileSync(join(folder!, file), "utf8"));
    const wrong = [...(blocks.ok ? [] : [blocks.error]), ...missing].join("; ");
    holds &&= wrong === "";
    print(file, runtime, blocks.ok ? String(blocks.value) : "-", wrong);
  } catch (error) {
    holds = false;
    print(file, "?", "-", error instanceof Error ? error.message : String(error));
  }
}
process.exitCode = holds ? 0 : 1;
