import {execFileSync} from "node:child_process";
import process from "node:process";

/** Installs a package of Debian's. Services that it would start are not: tests start their own. */
export function installDebian(name) {
  process.stdout.write(`installing ${name}\n`);
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", name],
  ]) {
    execFileSync("apt-get", args, {
      stdio: ["ignore", "ignore", "inherit"],
      env: {...process.env, DEBIAN_FRONTEND: "noninteractive"},
    });
  }
}
