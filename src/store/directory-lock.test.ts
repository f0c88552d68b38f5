import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {lockDirectory} from "./directory-lock.ts";
import {identityOf, isRunning} from "./process-identity.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-lock-"));
after(() => rmSync(folder, {recursive: true}));
let locks = 0;
const freshFile = () => join(folder, `${locks++}`, "LOCK");

test("a lock is refused with the holder's process id until it is released", () => {
  const file = freshFile();
  const lock = unwrap(lockDirectory(file));
  assert.deepEqual(lockDirectory(file), {
    ok: false,
    error: {code: "database-locked", file, pid: process.pid},
  });
  lock.release();
  lock.release();
  const again = unwrap(lockDirectory(file));
  assert.deepEqual(readdirSync(join(file, "..")), ["LOCK"]);
  again.release();
  assert.equal(existsSync(file), false);
});

test("a lock of a process that was killed is taken over", async () => {
  const file = freshFile();
  const child = spawn(process.execPath, ["-e", "console.log(1); setInterval(() => {}, 1000)"]);
  await once(child.stdout, "data");
  const identity = identityOf(child.pid!)!;
  unwrap(lockDirectory(file)).release();
  writeFileSync(file, JSON.stringify(identity));
  assert.deepEqual(lockDirectory(file), {
    ok: false,
    error: {code: "database-locked", file, pid: child.pid},
  });
  child.kill("SIGKILL");
  await once(child, "exit");
  unwrap(lockDirectory(file)).release();
});

test("a lock whose process id went to another process since, or which is garbage, is taken over", () => {
  const file = freshFile();
  unwrap(lockDirectory(file)).release();
  const own = identityOf(process.pid)!;
  const stale = [
    JSON.stringify({...own, startTime: "1"}),
    JSON.stringify({...own, bootId: "another"}),
    JSON.stringify({pid: "x"}),
    "",
    "{",
  ];
  for (const content of stale) {
    writeFileSync(file, content);
    unwrap(lockDirectory(file)).release();
  }
});

test("a process is told from none", () => {
  assert.equal(isRunning(identityOf(process.pid)!), true);
  assert.equal(identityOf(2 ** 22 + 1), undefined);
});

test("a lock of a process that has ended is taken over also where nobody asked for its end", async t => {
  // The shell becomes a program that never reaps the child it inherits.
  const parent = spawn("sh", ["-c", "sleep 0.01 & echo $!; exec sleep 60"]);
  t.after(() => parent.kill("SIGKILL"));
  const [said] = await once(parent.stdout, "data");
  const pid = Number(said);
  const file = freshFile();
  unwrap(lockDirectory(file)).release();
  const identity = identityOf(pid);
  const stat = () => readFileSync(`/proc/${pid}/stat`, "latin1");
  while (!/\) Z /.test(stat())) await new Promise(resolve => setTimeout(resolve, 5));
  const started = stat()
    .slice(stat().lastIndexOf(")") + 2)
    .split(" ")[19];
  writeFileSync(
    file,
    JSON.stringify({...identityOf(process.pid), ...identity, pid, startTime: started}),
  );
  unwrap(lockDirectory(file)).release();
});
