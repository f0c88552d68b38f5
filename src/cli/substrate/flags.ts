import type {ForeignFlag} from "../flags/index.ts";

/** A parachain's node has its relay chain's arguments there. */
export const AFTER_DASHES =
  "what follows -- has no effect: it would be for a relay chain, and this chain stands alone";

const ignored = (
  name: string,
  answer: string,
  values: ForeignFlag["values"] = "none",
): ForeignFlag => ({name, values, kind: "ignored", answer});
const refused = (
  name: string,
  answer: string,
  values: ForeignFlag["values"] = "none",
): ForeignFlag => ({name, values, kind: "refused", answer});

const NO_WASM =
  "a runtime's WebAssembly is run by the engine of Node.js, which decides that by itself";
const NO_RELAY = "there is no relay chain: this chain stands alone";
const ONE_DATABASE = "there is one database, LMDB, which sizes its cache by itself";
const NO_WORKERS = "no pallet of this chain has an off-chain worker";
const ONE_NETWORK = "there is one network stack, js-libp2p";
const ALWAYS_TARGETS = "lines always have their level and target";

/** Shared by all of Substrate's commands that are about a chain. */
export const CHAIN_COMMAND_FLAGS: readonly ForeignFlag[] = [
  ignored("detailed-log-output", ALWAYS_TARGETS),
  ignored("disable-log-color", "the log has no colours"),
  ignored("enable-log-reloading", "the log's filter can always be changed (system_addLogFilter)"),
  ignored("tracing-targets", "nothing is traced; dev_getBlockStats measures a block", "one"),
  ignored("tracing-receiver", "nothing is traced; dev_getBlockStats measures a block", "one"),
  ignored("database", ONE_DATABASE, "one"),
  ignored("db-cache", ONE_DATABASE, "one"),
  ignored("disable-default-bootnode", "a spec has the boot nodes that stand in it, and no others"),
  ignored("parachain", "there is one database, this chain's own"),
  ignored("para", "there is one database, this chain's own"),
  refused("relaychain", NO_RELAY),
  refused("relay", NO_RELAY),
];

/** Of the command that runs a node. */
export const SUBSTRATE_FLAGS: readonly ForeignFlag[] = [
  ...CHAIN_COMMAND_FLAGS,
  // Network.
  ignored("no-mdns", "peers of the local network are not looked for by mDNS"),
  ignored(
    "discover-local",
    "peers of the local network are not looked for by mDNS: --bootnodes names them",
  ),
  ignored("allow-private-ip", "private addresses are dialled like any other"),
  ignored("allow-private-ipv4", "private addresses are dialled like any other"),
  refused(
    "no-private-ip",
    "private addresses are dialled like any other; a firewall can forbid them",
  ),
  refused(
    "no-private-ipv4",
    "private addresses are dialled like any other; a firewall can forbid them",
  ),
  ignored(
    "max-parallel-downloads",
    "how many peers are asked at once follows from what is missing",
    "one",
  ),
  ignored(
    "max-blocks-per-request",
    "requests follow Substrate's bounds, 128 blocks at most",
    "one",
  ),
  ignored("kademlia-disjoint-query-paths", "peers are found by single look-ups in the table"),
  ignored("kademlia-replication-factor", "nothing is stored in the table of peers", "one"),
  ignored("network-backend", ONE_NETWORK, "one"),
  ignored("force-enable-webrtc", ONE_NETWORK),
  refused("ipfs-server", "leave it out: nothing is served over IPFS"),
  refused("ipfs-bootnodes", "leave it out: nothing is served over IPFS", "many"),
  ignored("node-key-type", "node keys are ed25519, as Substrate's are", "one"),
  ignored("unsafe-force-node-key-generation", "a node that has no key yet makes one"),
  // Runtime and database.
  ignored("wasm-execution", NO_WASM, "one"),
  ignored("wasmtime-instantiation-strategy", NO_WASM, "one"),
  refused(
    "wasm-runtime-overrides",
    "leave it out: the runtime that runs is the one in the chain's state",
    "one",
  ),
  ignored("execution", NO_WASM, "one"),
  ignored("execution-syncing", NO_WASM, "one"),
  ignored("execution-import-block", NO_WASM, "one"),
  ignored("execution-block-construction", NO_WASM, "one"),
  ignored("execution-offchain-worker", NO_WASM, "one"),
  ignored("execution-other", NO_WASM, "one"),
  ignored("max-runtime-instances", NO_WASM, "one"),
  ignored("runtime-cache-size", NO_WASM, "one"),
  ignored("default-heap-pages", NO_WASM, "one"),
  ignored(
    "warm-up-trie-cache",
    "a large state is read into memory at the start anyway",
    "optional",
  ),
  ignored(
    "state-cache-size",
    "--trie-cache-size says how much memory there is for the state",
    "one",
  ),
  ignored("keep-blocks", "all blocks are kept", "one"),
  ignored("offchain-worker", NO_WORKERS, "one"),
  ignored("enable-offchain-indexing", NO_WORKERS, "one"),
  ignored(
    "no-hardware-benchmarks",
    "nothing is measured at start; khala doctor does it when asked",
  ),
  ignored("insecure-validator-i-know-what-i-do", "there is no sandbox of validators to do without"),
  // Pool.
  ignored("pool-type", "there is one kind of pool", "one"),
  ignored("tx-ban-seconds", "a transaction that was removed is refused for half an hour", "one"),
  // Keys.
  refused(
    "password",
    "--password-filename FILE: others can see a command line, and a shell remembers it",
    "one",
  ),
  refused("password-interactive", "--password-filename FILE"),
  refused("one", "the accounts with a flag are --alice to --ferdie; khala keys insert takes //One"),
  refused("two", "the accounts with a flag are --alice to --ferdie; khala keys insert takes //Two"),
  // Roles and authoring.
  refused(
    "no-grandpa",
    "leave --collator out, or the gran key out of the keystore: who holds a voter's key votes",
  ),
  refused("sentry", "leave it out: Substrate has no sentries any more either", "many"),
  refused("light", "leave it out: smoldot is a light client that follows this chain"),
  refused("sealing", "--seal instant, --seal manual or --seal interval=MS", "one"),
  refused("instant-seal", "--seal instant"),
  refused("manual-seal", "--seal manual"),
  refused("dev-block-time", "--seal interval=MS, or --param slot=MSms", "one"),
  // JSON-RPC.
  refused("rpc-listen-addrs", "--rpc-port PORT, and --rpc-external for all interfaces", "many"),
  refused(
    "experimental-rpc-endpoint",
    "--rpc-port PORT, and --rpc-external for all interfaces",
    "many",
  ),
  refused("rpc-max-payload", "--rpc-max-request-size MIB and --rpc-max-response-size MIB", "one"),
  refused("ws-port", "--rpc-port PORT: one port speaks HTTP and WebSocket", "one"),
  refused("ws-external", "--rpc-external"),
  refused("unsafe-ws-external", "--unsafe-rpc-external"),
  refused("ws-max-connections", "--rpc-max-connections COUNT", "one"),
  refused(
    "ws-max-out-buffer-capacity",
    "--rpc-message-buffer-capacity-per-connection COUNT",
    "one",
  ),
  refused("ipc-path", "--rpc-socket PATH", "one"),
  refused("rpc-no-batch-requests", "--rpc-disable-batch-requests"),
  refused("rpc_no_batch_requests", "--rpc-disable-batch-requests"),
  refused("telemetry-endpoints", "--telemetry-url URL VERBOSITY", "many"),
  // Parachains.
  ignored("relay-chain-rpc-url", NO_RELAY, "many"),
  ignored("relay-chain-rpc-urls", NO_RELAY, "many"),
  ignored("relay-chain-light-client", NO_RELAY),
  ignored("relay-chain-args", NO_RELAY, "many"),
  ignored("embedded-dht-bootnode", NO_RELAY),
  ignored("no-dht-bootnode", NO_RELAY),
  ignored("parachain-id", "the chain's spec says which chain it is", "one"),
  ignored("export-pov-to-path", "no proofs of validity are made: nobody would check them", "one"),
  ignored("authoring-policy", "authors take turns by Aura's slots", "one"),
  ignored("experimental-use-slot-based", "authors take turns by Aura's slots"),
];
