// `npm run test:genuine -- FOLDER`: the runtimes of all chain specs in a folder, as a table. Exit code 0 if all hold.
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import process from "node:process";
import {runBattery} from "./support/battery.ts";
import {GenuineChain} from "./support/genuine-chain.ts";

interface Spec {
  readonly file: string;
  readonly text: string;
  readonly specName?: string;
  readonly specVersion?: number;
  readonly fault?: string;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const [folder] = process.argv.slice(2);
const files = readdirSync(folder!).filter(file => file.endsWith(".json"));
const specs = files.map((file): Spec => {
  const text = readFileSync(join(folder!, file), "utf8");
  try {
    const {specName, specVersion} = new GenuineChain(text).runtime.version;
    return {file, text, specName, specVersion};
  } catch (error) {
    return {file, text, fault: messageOf(error)};
  }
});

/** That of the same name with the next higher version, if the folder has one. */
const nextOf = ({specName, specVersion}: Spec) =>
  specs
    .filter(other => other.specName === specName && other.specVersion! > specVersion!)
    .sort((a, b) => a.specVersion! - b.specVersion!)[0];

const widths = [56, 32, 9, 6, 9, 12, 0];
const print = (...columns: string[]) =>
  process.stdout.write(
    `${columns
      .map((column, i) => column.padEnd(widths[i]!))
      .join(" ")
      .trimEnd()}\n`,
  );

let held = 0;
print("spec", "runtime", "versions", "made", "executed", "upgrade", "what is wrong, or lacks");
for (const spec of specs) {
  const {file, text, fault} = spec;
  if (fault !== undefined) {
    print(file, "?", "", "-", "-", "-", fault);
    continue;
  }
  try {
    const {runtime, versions, missing, blocks, upgrade} = runBattery(text, nextOf(spec)?.text);
    const wrong = [
      ...(blocks.ok ? [] : [blocks.error]),
      ...(upgrade === undefined || upgrade.ok ? [] : [upgrade.error]),
      ...missing,
    ];
    if (wrong.length === 0) held++;
    const count = blocks.ok ? String(blocks.value) : "-";
    const upgraded = upgrade === undefined ? "-" : upgrade.ok ? `to ${upgrade.value}` : "fails";
    print(file, runtime, versions, count, blocks.ok ? "equal" : "-", upgraded, wrong.join("; "));
  } catch (error) {
    print(file, "?", "", "-", "-", "-", messageOf(error));
  }
}
process.stdout.write(`${held} of ${specs.length} hold\n`);
process.exitCode = held > 0 && held === specs.length ? 0 : 1;
