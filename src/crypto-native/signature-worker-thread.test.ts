import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const sibling = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));

/** A thread that becomes idle in the moment in which it is ended, in a process that has nothing else to do. */
const IDLE = `
import {SignatureWorkerThread} from ${sibling("./signature-worker-thread.ts")};
const thread = new SignatureWorkerThread({ready() {}, answered() {}, gone() {}});
const ended = thread.terminate();
thread.holdProcess(false);
await ended;
process.stdout.write("ended");
`;

test("whoever waits for a thread's end sees it, though the thread is idle and nothing else keeps the process", async () => {
  assert.deepEqual(await run(IDLE), {code: 0, signal: null, output: "ended"});
});

/**
 * Writes how many libraries of ECDSA the process has once a thread is ready, then how many answers came from a thread that
 * was ended right after it was asked something that loads one, and how many of them were told.
 */
const ENDED_WHILE_ASKED = `
import {Worker} from "node:worker_threads";
import {packRequests} from ${sibling("./signature-batch.ts")};
import {SignatureWorkerThread} from ${sibling("./signature-worker-thread.ts")};
let came = 0;
const {emit} = Worker.prototype;
Worker.prototype.emit = function (name, value) {
  if (name === "message" && value instanceof Uint8Array) came++;
  return emit.apply(this, arguments);
};
let told = 0;
const thread = await new Promise(resolve => {
  const events = {ready: () => resolve(thread), answered: () => told++, gone() {}};
  const thread = new SignatureWorkerThread(events);
});
const libraries = process.report.getReport().sharedObjects.filter(name => name.includes("secp256k1"));
const signature = new Uint8Array(65).fill(1);
const signer = new Uint8Array(33);
thread.ask(packRequests([{scheme: "ecdsa", signature, message: new Uint8Array(1), signer}]));
await thread.terminate();
process.stdout.write(JSON.stringify({libraries: libraries.length, came, told}));
`;

test("no thread that is ended is about to load the addon of ECDSA, which would end the process", async () => {
  const {code, signal, output} = await run(ENDED_WHILE_ASKED);
  assert.deepEqual({code, signal}, {code: 0, signal: null});
  assert.deepEqual(JSON.parse(output), {libraries: 0, came: 1, told: 0});
});

async function run(script: string) {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", chunk => {
    output += chunk;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>(resolve =>
    child.on("close", (...ended) => resolve(ended)),
  );
  return {code, signal, output};
}
