import assert from "node:assert/strict";
import {createServer} from "node:net";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {parseFlags} from "../flags/index.ts";
import {startInProcess} from "./in-process.ts";
import {NET_FLAGS} from "./net-flags.ts";
import {readNetOptions} from "./net-options.ts";
import {planNet} from "./net-plan.ts";
import {startProcesses} from "./processes.ts";
import type {NetOutput} from "./running-net.ts";

const optionsOf = (...args: string[]) => readNetOptions(unwrap(parseFlags(args, NET_FLAGS)));
const lines: string[] = [];
const output: NetOutput = {line: text => lines.push(text), broken: text => assert.fail(text)};

const taken = createServer();
after(() => taken.close());
const takenPort = new Promise<number>(resolve => {
  taken.listen({host: "127.0.0.1", port: 0}, () => {
    const address = taken.address();
    resolve(typeof address === "object" && address !== null ? address.port : 0);
  });
});

test("the nodes of a network take a node's flags, and their processes are told the same", () => {
  const {node, log, nodeArguments, isPortAWish} = unwrap(
    optionsOf(
      "3",
      "--rpc-methods=Unsafe",
      "--rpc-cors=*",
      "--log=info",
      "--pool-limit=7",
      "--no-dashboard",
    ),
  );
  assert.deepEqual(
    [node.rpc.methods, node.rpc.origins, node.rpc.dashboard, node.pool.readyCount],
    ["unsafe", "all", false, 7],
  );
  assert.equal(log.format, "text");
  assert.equal(isPortAWish, true);
  assert.deepEqual([...nodeArguments].sort(), [
    "--log=info",
    "--no-dashboard",
    "--pool-limit=7",
    "--rpc-cors=*",
    "--rpc-methods=Unsafe",
  ]);
  assert.equal(unwrap(optionsOf("3", "--rpc-port=9944")).isPortAWish, false);
  const wrong = optionsOf("3", "--rpc-methods=none");
  assert.ok(!wrong.ok && wrong.error.code === "flag-invalid");
});

test("a port that was asked for and is taken is refused, not replaced by another", async () => {
  const port = await takenPort;
  const options = unwrap(optionsOf("1", `--rpc-port=${port}`));
  const plan = unwrap(await planNet(options));
  const started = await startInProcess(plan, options, output, new AbortController().signal);
  // What runs in spite of it would keep the test from ending.
  if (started.ok) await started.value.stop();
  assert.ok(!started.ok);
  assert.match(started.error, /port-in-use/);
});

test("a network that is told to end while it starts does not start the rest", async () => {
  const options = unwrap(optionsOf("3", "--rpc-port=0"));
  const plan = unwrap(await planNet(options));
  for (const start of [startInProcess, startProcesses]) {
    const started = await start(plan, options, output, AbortSignal.abort(new Error("ended")));
    if (started.ok) await started.value.stop();
    assert.ok(!started.ok);
    assert.match(started.error, /^ended/);
  }
});
