import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {parseFlags} from "../flags/index.ts";
import {DEV_NAMES, NODE_FLAGS} from "../node/node-flags.ts";
import {readConfiguration} from "../node/read-configuration.ts";
import {AFTER_DASHES, SUBSTRATE_COMMANDS, SUBSTRATE_FLAGS} from "./index.ts";

const OPTIONS = {foreign: SUBSTRATE_FLAGS, gathers: true, afterDashes: AFTER_DASHES};
const parse = (...args: string[]) => parseFlags(args, NODE_FLAGS, OPTIONS);
const ADDRESSES = [
  "/ip4/10.0.0.1/tcp/30333/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp",
  "/ip4/10.0.0.2/tcp/30333/p2p/12D3KooWHdiAxVd8uMQR1hGWXccidmfCwLqcMpGwR6QcTP6QRMuD",
];

function configured(...args: string[]) {
  const read = readConfiguration(unwrap(parse(...args, "--base-path=/nowhere")), {dev: false});
  assert.ok(read.ok, read.ok ? "" : read.error.what);
  return read.value.node;
}

/** All flags of sc-cli's `RunCmd` as of stable2412, cumulus' own, and those of older releases that scripts still have. */
const THEIRS =
  `alice allow-private-ip base-path blocks-pruning bob bootnodes chain charlie collator database dave db-cache
  detailed-log-output dev disable-log-color discover-local enable-log-reloading enable-offchain-indexing eve execution
  execution-block-construction execution-import-block execution-offchain-worker execution-other execution-syncing
  experimental-rpc-endpoint export-pov-to-path ferdie force-authoring help in-peers in-peers-light instant-seal ipc-path
  ipfs-bootnodes ipfs-server kademlia-disjoint-query-paths kademlia-replication-factor keep-blocks keystore-path
  listen-addr log max-blocks-per-request max-parallel-downloads max-runtime-instances name network-backend no-grandpa
  no-hardware-benchmarks no-mdns no-private-ip no-prometheus no-telemetry node-key node-key-file node-key-type
  offchain-worker one out-peers password password-filename password-interactive pool-kbytes pool-limit pool-type port
  prometheus-external prometheus-port pruning public-addr relay-chain-light-client relay-chain-rpc-url
  relay-chain-rpc-urls reserved-nodes reserved-only rpc-cors rpc-disable-batch-requests rpc-external rpc-listen-addrs
  rpc-max-batch-request-len rpc-max-connections rpc-max-payload rpc-max-request-size rpc-max-response-size
  rpc-max-subscriptions-per-connection rpc-message-buffer-capacity-per-connection rpc-methods rpc-port rpc-rate-limit
  rpc-rate-limit-trust-proxy-headers rpc-rate-limit-whitelisted-ips runtime-cache-size sealing state-cache-size
  state-pruning sync telemetry-url tmp tracing-receiver tracing-targets trie-cache-size two tx-ban-seconds
  unsafe-force-node-key-generation unsafe-rpc-external unsafe-ws-external validator version warm-up-trie-cache
  wasm-execution wasm-runtime-overrides wasmtime-instantiation-strategy ws-external ws-max-connections
  ws-max-out-buffer-capacity ws-port`.split(/\s+/);

test("every flag of Substrate's nodes is one of ours or is answered by name", () => {
  const ours = new Set([
    ...NODE_FLAGS.flatMap(({name, alias}) => [name, alias ?? name]),
    ...["help", "version"],
  ]);
  const answered = new Set(SUBSTRATE_FLAGS.map(({name}) => name));
  assert.deepEqual(
    THEIRS.filter(name => !ours.has(name) && !answered.has(name)),
    [],
  );
  assert.deepEqual(
    [...answered].filter(name => ours.has(name)),
    [],
  );
  assert.equal(answered.size, SUBSTRATE_FLAGS.length);
});

test("a flag without effect is let pass with its value and a line, one that would mean something else is refused with a line", () => {
  for (const {name, values, kind, answer} of SUBSTRATE_FLAGS) {
    const given =
      values === "none" || values === "optional" ? [`--${name}`] : [`--${name}`, "value"];
    const read = parse("--chain=dev", ...given, "--name", "me");
    assert.ok(!answer.includes("\n"));
    if (kind === "refused") {
      assert.ok(!read.ok && read.error.code === "flag-foreign", name);
      assert.equal(read.error.todo, answer);
      continue;
    }
    const {positional, ignored} = unwrap(read);
    assert.deepEqual([positional, ignored], [[], [`--${name} has no effect: ${answer}`]]);
    assert.equal(unwrap(read).one("name"), "me");
  }
});

test("several values may follow one flag, and the next flag ends them", () => {
  const values = unwrap(parse("--bootnodes", ...ADDRESSES, "--log", "info", "aura=debug", "--tmp"));
  assert.deepEqual(values.many("bootnodes"), ADDRESSES);
  assert.deepEqual(values.many("log"), ["info", "aura=debug"]);
  assert.deepEqual(values.positional, []);
  assert.deepEqual(unwrap(parse("--relay-chain-rpc-urls", "ws://a", "ws://b")).positional, []);
  // Where a command takes an argument, it is that.
  const net = unwrap(parseFlags(["--param", "slot=2s", "4"], NODE_FLAGS));
  assert.deepEqual([net.many("param"), net.positional], [["slot=2s"], ["4"]]);
  const [endpoint] = configured("--chain=dev", "--telemetry-url", "wss://example.org/submit/", "0")
    .telemetry!;
  assert.equal(endpoint?.verbosity, 0);
});

test("arguments of a relay chain are left alone, with a word", () => {
  const {positional, ignored} = unwrap(parse("--collator", "--", "--chain", "kusama", "--port=1"));
  assert.deepEqual([positional, ignored], [[], [AFTER_DASHES]]);
  assert.equal(unwrap(parse("--collator", "--")).ignored.length, 0);
});

test("values of a set are taken in whatever letters, and all origins by a star", () => {
  const node = configured(
    ...["--chain=dev", "--rpc-methods", "Unsafe", "--sync", "Warp", "--log-format=JSON"],
    ...["--state-pruning", "Archive", "--seal=Instant", "--rpc-cors", "*", "--rpc-socket=NONE"],
  );
  assert.deepEqual(
    [node.rpc.methods, node.sync, node.seal.kind, node.rpc.origins, node.rpc.socket],
    ["unsafe", "warp", "instant", "all", "none"],
  );
});

test("a node is one of the well-known accounts, not two", () => {
  for (const [first, second] of [DEV_NAMES.slice(0, 2), DEV_NAMES.slice(-2)]) {
    const values = unwrap(
      parse("--chain=local", `--${first}`, `--${second}`, "--base-path=/nowhere"),
    );
    const read = readConfiguration(values, {dev: false});
    assert.ok(!read.ok && read.error.code === "flag-invalid");
    assert.match(read.error.what, new RegExp(`--${first}: expected no other account.*--${second}`));
  }
});

test("a line of a Substrate operator starts", () => {
  const {bootnodes, reserved} = configured(
    ...[
      "--chain",
      "local",
      "--validator",
      "--no-mdns",
      "--no-hardware-benchmarks",
      "--no-telemetry",
    ],
    ...["--wasm-execution", "Compiled", "--database=paritydb", "--db-cache", "1024"],
    ...["--trie-cache-size", "0", "--blocks-pruning", "archive", "--pruning=archive"],
    ...["--bootnodes", ...ADDRESSES, "--reserved-nodes", ADDRESSES[0]!, "--in-peers", "25"],
    ...[
      "--rpc-cors=all",
      "--rpc-methods=Safe",
      "--pool-type=fork-aware",
      "--offchain-worker",
      "never",
    ],
    ...["-l", "info,sync=debug", "--relay-chain-rpc-url", "wss://relay.example.org"],
    ...["--", "--chain=kusama", "--sync=warp"],
  ).network;
  assert.deepEqual([bootnodes, reserved], [ADDRESSES, ADDRESSES.slice(0, 1)]);
});

test("commands of Substrate's nodes are answered, those that are ours too are not among them", () => {
  for (const command of ["export-genesis-state", "export-genesis-wasm", "benchmark"]) {
    assert.ok(SUBSTRATE_COMMANDS.has(command));
  }
  for (const ours of [
    "build-spec",
    "purge-chain",
    "key",
    "net",
    "dev",
    "import-blocks",
    "revert",
  ]) {
    assert.ok(!SUBSTRATE_COMMANDS.has(ours));
  }
});
