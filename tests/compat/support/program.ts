import {type ChildProcess, spawn} from "node:child_process";
import {createInterface} from "node:readline";

/** A client that is a program of its own. */
export interface Program {
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Starts it and waits until it says that it is ready. */
export async function startProgram(
  args: readonly string[],
  ready: RegExp,
  options: {readonly cwd: string; readonly env?: NodeJS.ProcessEnv},
): Promise<Program> {
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: {...process.env, ...options.env},
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const exited = new Promise<number | null>(resolve => child.on("close", resolve));
  await new Promise<void>((resolve, reject) => {
    const read = (line: string) => {
      lines.push(line);
      if (ready.test(line)) resolve();
    };
    createInterface({input: child.stdout!}).on("line", read);
    createInterface({input: child.stderr!}).on("line", read);
    exited.then(code => reject(new Error(`it ended with ${code}:\n${lines.join("\n")}`)));
  });
  return {
    lines,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
