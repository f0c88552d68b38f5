import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const THREAD = fileURLToPath(new URL("./signature-worker-thread.ts", import.meta.url));

/** A thread that becomes idle in the moment in which it is ended, in a process that has nothing else to do. */
const SCRIPT = `
import {SignatureWorkerThread} from ${JSON.stringify(THREAD)};
const thread = new SignatureWorkerThread({ready() {}, answered() {}, gone() {}});
const ended = thread.terminate();
thread.holdProcess(false);
await ended;
process.stdout.write("ended");
`;

test("whoever waits for a thread's end sees it, though the thread is idle and nothing else keeps the process", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", SCRIPT], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", chunk => {
    output += chunk;
  });
  const code = await new Promise(resolve => child.on("close", resolve));
  assert.deepEqual({code, output}, {code: 0, output: "ended"});
});
