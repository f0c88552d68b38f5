import {spawnSync} from "node:child_process";

/**
 * What is known of a process that ended by a signal: the kernel's own words where it lets us read them (a segmentation
 * fault names the library it was in, an exhausted memory the victim).
 */
export function endedBySignal(pid: number | undefined, signal: NodeJS.Signals): string {
  const {stdout} = spawnSync("dmesg", [], {encoding: "utf8"});
  const words = (stdout ?? "").split("\n").filter(line => new RegExp(`\\b${pid}\\b`).test(line));
  const kernel = words.length === 0 ? "the kernel says nothing of it" : words.slice(-8).join("\n");
  return `(process ${pid} ended by ${signal}; ${kernel})`;
}
