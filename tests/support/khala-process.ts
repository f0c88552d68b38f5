import {type ChildProcess, spawn} from "node:child_process";
import {dirname, join} from "node:path";
import {createInterface} from "node:readline";
import {after} from "node:test";
import {fileURLToPath} from "node:url";
import {endedBySignal} from "./ended-by-signal.ts";

const BIN = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bin", "khala.js");

/** Nodes that no test has ended: one whose test failed would keep the whole run from ending. */
const running = new Set<ChildProcess>();
/** What a file's own hooks may take to end their nodes, which they do after ours. */
const GRACE = 30_000;
// Benchmarks start nodes as well, outside of any test.
if (process.env.NODE_TEST_CONTEXT !== undefined) {
  after(() => {
    const reap = () => {
      for (const child of running) child.kill("SIGKILL");
    };
    // Nobody waits for it where all have ended.
    setTimeout(reap, GRACE).unref();
  });
}

/** A running `khala` process of the built program. */
export interface KhalaProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** All lines so far, standard output and error. */
  readonly lines: readonly string[];
  /** Resolves with the exit code; null when killed. */
  readonly exited: Promise<number | null>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Runs the program to its end. */
export function runKhala(
  args: readonly string[],
  options: {stdin?: string; env?: NodeJS.ProcessEnv} = {},
): Promise<{code: number | null; stdout: string; stderr: string}> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [BIN, ...args], {
      env: {...process.env, ...options.env},
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", chunk => {
      stdout += chunk;
    });
    child.stderr.on("data", chunk => {
      stderr += chunk;
    });
    child.stdin.end(options.stdin ?? "");
    child.on("close", (code, signal) => {
      if (signal !== null) stderr += `\n${endedBySignal(child.pid, signal)}`;
      resolve({code, stdout, stderr});
    });
  });
}

/** Starts a node and waits until it says where its RPC is. `bin`: of another package than this one. */
export async function startKhala(
  args: readonly string[],
  {bin = BIN}: {readonly bin?: string} = {},
): Promise<KhalaProcess> {
  const child = spawn(process.execPath, [bin, ...args], {stdio: ["ignore", "pipe", "pipe"]});
  const lines: string[] = [];
  running.add(child);
  let asked: NodeJS.Signals | undefined;
  const exited = new Promise<number | null>(resolve =>
    child.on("close", (code, signal) => {
      if (signal !== null && signal !== asked) lines.push(endedBySignal(child.pid, signal));
      resolve(code);
    }),
  );
  void exited.then(() => running.delete(child));
  const url = await new Promise<string>((resolve, reject) => {
    const read = (line: string) => {
      lines.push(line);
      const match = /ws:\/\/(?:127\.0\.0\.1|0\.0\.0\.0)(:\d+)/.exec(line);
      if (match !== null) resolve(`ws://127.0.0.1${match[1]}`);
    };
    createInterface({input: child.stdout!}).on("line", read);
    createInterface({input: child.stderr!}).on("line", read);
    exited.then(code => reject(new Error(`khala ended with ${code}:\n${lines.join("\n")}`)));
  });
  return {
    url,
    child,
    lines,
    exited,
    stop(signal = "SIGTERM") {
      asked = signal;
      child.kill(signal);
      return exited;
    },
  };
}
