import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {callOverSocket} from "../../src/rpc/test-kit/call-over-socket.ts";
import {runKhala, startKhala} from "../support/khala-process.ts";
import {failRpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

const authoring = async (url: string) => {
  const response = await fetch(`${url.replace("ws://", "http://")}/health/authoring`);
  return [response.status, (await response.json()) as {code?: string}] as const;
};

test("a node that is safe for strangers still lets its operator rotate keys, also after it was killed", async () => {
  const base = await temporaryFolder("access");
  const flags = ["dev", "--rpc-port=0", "--param=slot=200ms", `--base-path=${base}`];
  const socket = join(base, "chains", "khala_dev", "rpc.sock");
  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    const node = await startKhala([...flags, "--rpc-methods=safe"]);
    const refused = await failRpc(node.url, "author_rotateKeys", []);
    assert.equal(refused.message, "RPC call is unsafe to be called externally");
    assert.match(
      String((await callOverSocket(socket, "author_rotateKeys")).result),
      /^0x[0-9a-f]{128}$/,
    );
    await node.stop(signal);
  }
  await assert.rejects(callOverSocket(socket, "system_name"));
});

test("health says whether the node makes its blocks, and why not", async t => {
  const alice = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
  t.after(() => alice.stop());
  // A slot that a busy machine misses is said, until the next block.
  let well: unknown;
  do {
    const [status, body] = await authoring(alice.url);
    well = status === 200 ? body : undefined;
  } while (well === undefined);
  assert.deepEqual(well, {isAuthoring: true});
  const rest = ["--tmp", "--rpc-port=0", "--listen-addr=none", "--param=slot=200ms"];
  const eve = await startKhala(["--chain=local", "--collator", ...rest]);
  t.after(() => eve.stop());
  while ((await authoring(eve.url))[0] === 200);
  assert.deepEqual(await authoring(eve.url), [
    503,
    {
      isAuthoring: false,
      code: "no-own-slot",
      reason: "none of the current authorities is in the keystore",
    },
  ]);
  const full = await startKhala(["--chain=local", ...rest]);
  t.after(() => full.stop());
  const [status, body] = await authoring(full.url);
  assert.deepEqual([status, body.code], [503, "not-a-collator"]);
});

test("a collator is not opened to strangers by mistake", async () => {
  const {code, stderr} = await runKhala(["--chain=local", "--alice", "--rpc-external", "--tmp"]);
  assert.equal(code, 2);
  assert.match(stderr, /--rpc-external: expected a node that does not collate/);
  assert.match(stderr, /--unsafe-rpc-external/);
  const wrong = await runKhala([
    ...["dev", "--rpc-rate-limit=10", "--rpc-rate-limit-whitelisted-ips=10.0.0.0/99"],
  ]);
  assert.match(wrong.stderr, /10\.0\.0\.0\/99: expected addresses/);
});
