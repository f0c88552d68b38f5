import {spawn} from "node:child_process";
import {dirname, join} from "node:path";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";

const BIN = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bin", "khala.js");

/** A running `khala net` of the built program. */
export interface NetProcess {
  readonly nodes: readonly {readonly name: string; readonly url: string; readonly role: string}[];
  /** All lines so far. */
  readonly lines: readonly string[];
  readonly pid: number;
  /** Resolves with the exit code; null when killed. */
  readonly exited: Promise<number | null>;
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts a network on free ports and waits until it says that it is ready. `bin`: of another package than this one. */
export async function startNet(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  bin = BIN,
): Promise<NetProcess> {
  const child = spawn(process.execPath, [bin, "net", "--rpc-port=0", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {...process.env, ...env},
  });
  const lines: string[] = [];
  const exited = new Promise<number | null>(resolve => child.on("close", resolve));
  await new Promise<void>((resolve, reject) => {
    const read = (line: string) => {
      lines.push(line);
      if (line.startsWith("ready")) resolve();
    };
    createInterface({input: child.stdout}).on("line", read);
    createInterface({input: child.stderr}).on("line", read);
    exited.then(code => reject(new Error(`khala net ended with ${code}:\n${lines.join("\n")}`)));
  });
  const nodes = lines.flatMap(line => {
    const found = /^(\S+) +\/\/\S+ +\w+ +(ws:\S+) +(\w+)$/.exec(line);
    return found === null ? [] : [{name: found[1]!, url: found[2]!, role: found[3]!}];
  });
  return {
    nodes,
    lines,
    pid: child.pid!,
    exited,
    stop(signal) {
      child.kill(signal);
      return exited;
    },
  };
}
