/** Commands of Substrate's nodes that are called otherwise here, or that there are none of. */
export const SUBSTRATE_COMMANDS: ReadonlyMap<string, string> = new Map([
  ["export-genesis-state", "khala export-genesis-head prints the header of block 0"],
  [
    "export-genesis-wasm",
    "the runtime is a part of this program; its marker is genesis.runtimeGenesis.code of khala build-spec",
  ],
  ["export-chain-spec", "khala build-spec prints a chain spec"],
  ["build-syncspec", "khala build-spec --raw, or sync_state_genSyncSpec of a running node"],
  ["chain-spec-builder", "khala build-spec with --param and --genesis"],
  ["run", "khala --chain SPEC, without a word before the flags"],
  ["generate", "khala key generate"],
  ["inspect", "khala key inspect"],
  ["insert", "khala key insert, or khala keys insert"],
  ["sign", "khala key sign"],
  ["verify", "khala key verify"],
  ["vanity", "there is no search for addresses; subkey vanity has one"],
  ["key vanity", "there is no search for addresses; subkey vanity has one"],
  ["generate-node-key", "khala key generate-node-key"],
  ["inspect-node-key", "khala key inspect-node-key"],
  ["chain-info", "chain_getHeader and khala_syncProgress of a running node say where it is"],
  ["benchmark", "khala doctor measures this machine with the chain's own work"],
  ["host-perf-check", "khala doctor measures this machine with the chain's own work"],
  [
    "try-runtime",
    "system_dryRun of a running node and the testing kit (khala/testing) try calls out",
  ],
]);
