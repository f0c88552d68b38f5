// Folders of tests that bring packages of their own: each has a package.json and a lock file, so that the versions
// of one client never mix with those of another or with ours.
import {spawn} from "node:child_process";
import {createHash} from "node:crypto";
import {once} from "node:events";
import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {join, relative} from "node:path";

export const bringsPackages = folder => existsSync(join(folder, "package.json"));

/** So many at once: each waits for the registry half of its time. */
const AT_ONCE = 3;

/** Installs exactly what each folder's lock file says, unless that is what is there. */
export async function installPackages(...folders) {
  const left = folders.values();
  const lane = async () => {
    for (const folder of left) await install(folder);
  };
  await Promise.all(Array.from({length: AT_ONCE}, lane));
}

async function install(folder) {
  const lock = createHash("sha256").update(readFileSync(join(folder, "package-lock.json")));
  const wanted = lock.digest("hex");
  const stamp = join(folder, "node_modules", ".installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const begun = Date.now();
  // No scripts: what they would do is to fetch binaries from elsewhere, and no test here needs any.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = spawn("npm", args, {cwd: folder, stdio: ["ignore", "ignore", "inherit"]});
  const [code] = await once(npm, "exit");
  if (code !== 0) throw new Error(`npm ci in ${folder} ended with ${code}`);
  writeFileSync(stamp, wanted);
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  process.stdout.write(`installed ${relative(process.cwd(), folder)} in ${seconds} s\n`);
}
