import {readdirSync, readFileSync, readlinkSync} from "node:fs";

const LISTEN = "0A";

/** Which process listens at a TCP port, as far as Linux shows it to this user. */
export function portOwner(port: number): string | undefined {
  const inode = inodeOf(port);
  if (inode === undefined) return undefined;
  for (const pid of namesIn("/proc").filter(name => /^\d+$/.test(name))) {
    for (const descriptor of namesIn(`/proc/${pid}/fd`)) {
      if (linkOf(`/proc/${pid}/fd/${descriptor}`) === `socket:[${inode}]`) {
        return `${textOf(`/proc/${pid}/comm`).trim()}, process ${pid}`;
      }
    }
  }
  return "another user's process";
}

function inodeOf(port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  for (const file of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of textOf(file).split("\n").slice(1)) {
      const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
      if (local.endsWith(suffix) && state === LISTEN) return inode;
    }
  }
  return undefined;
}

/** Processes come and go, and those of others show nothing: what cannot be read is nothing. */
function orNothing<T>(read: () => T, nothing: T): T {
  try {
    return read();
  } catch {
    return nothing;
  }
}

const textOf = (file: string) => orNothing(() => readFileSync(file, "utf8"), "");
const namesIn = (folder: string) => orNothing(() => readdirSync(folder), [] as string[]);
const linkOf = (file: string) => orNothing(() => readlinkSync(file), "");
