// Folders of tests that bring packages of their own: each has a package.json and a lock file, so that the versions
// of one client never mix with those of another or with ours.
import {execFileSync} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {join, relative} from "node:path";

export const bringsPackages = folder => existsSync(join(folder, "package.json"));

/** Installs exactly what the folder's lock file says, unless that is what is there. */
export function installPackages(folder) {
  const lock = createHash("sha256").update(readFileSync(join(folder, "package-lock.json")));
  const wanted = lock.digest("hex");
  const stamp = join(folder, "node_modules", ".installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const begun = Date.now();
  // No scripts: what they would do is to fetch binaries from elsewhere, and no test here needs any.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", args, {cwd: folder, stdio: ["ignore", "ignore", "inherit"]});
  writeFileSync(stamp, wanted);
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  process.stdout.write(`installed ${relative(process.cwd(), folder)} in ${seconds} s\n`);
}
