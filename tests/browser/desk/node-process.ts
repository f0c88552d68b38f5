import {execFileSync} from "node:child_process";

/** Stops the process of one node of a network where it stands, as a machine does that hangs; answers its id. */
export function pauseNode(net: number, name: string): number {
  const found = execFileSync("pgrep", ["-P", String(net), "-f", "--", `--name=${name} `], {
    encoding: "utf8",
  });
  const pid = Number(found.trim());
  process.kill(pid, "SIGSTOP");
  return pid;
}

export const resumeNode = (pid: number): void => {
  process.kill(pid, "SIGCONT");
};
