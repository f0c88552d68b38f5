import {spawn} from "node:child_process";
import {dirname, join} from "node:path";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";

const BIN = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bin", "khala.js");

/** A command that is watched while it runs. */
export interface KhalaRun {
  /** The first line that matches, now or later; fails where the command ends without one. */
  line(pattern: RegExp): Promise<string>;
  /** As Ctrl-C does. */
  interrupt(): Promise<void>;
}

export function watchKhala(args: readonly string[], env: NodeJS.ProcessEnv): KhalaRun {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: {...process.env, ...env},
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const ended = new Promise<void>(resolve => child.on("close", () => resolve()));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({input: stream}).on("line", line => {
      lines.push(line);
      for (const listener of listeners) listener();
    });
  }
  return {
    line: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(line => pattern.test(line));
          if (found === undefined) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        ended.then(() => reject(new Error(`ended without ${pattern}:\n${lines.join("\n")}`)));
        look();
      }),
    interrupt() {
      child.kill("SIGINT");
      return ended;
    },
  };
}
