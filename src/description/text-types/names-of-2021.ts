/** A type by its text, the fields of a struct, or the cases of an enum with what they hold. */
export type Declared =
  | string
  | {readonly struct: Readonly<Record<string, string>>}
  | {readonly cases: readonly (readonly [name: string, ...fields: string[]])[]};

/**
 * What the names of metadata 13 stand for, as Substrate had them from its version 3.0 (February 2021) to metadata 14
 * (September 2021). In `Pallet.Name` a name that other pallets use for something else. What a chain chooses for itself
 * (session keys, kinds of proxies, origins) is not here: nobody but the chain could say.
 */
export const NAMES_OF_2021: Readonly<Record<string, Declared>> = {
  // Numbers and bytes
  Bytes: "Vec<u8>",
  String: "str",
  Text: "str",
  Hash: "[u8; 32]",
  H256: "[u8; 32]",
  H160: "[u8; 20]",
  BlockNumber: "u32",
  Index: "u32",
  Balance: "u128",
  BalanceOf: "u128",
  Moment: "u64",
  Slot: "u64",
  Weight: "u64",
  Perbill: "u32",
  Permill: "u32",
  Percent: "u8",
  PerU16: "u16",
  Perquintill: "u64",
  FixedU128: "u128",
  Multiplier: "u128",
  PalletId: "[u8; 8]",
  OpaqueCall: "Vec<u8>",
  ValidatorId: "AccountId",
  LockIdentifier: "[u8; 8]",
  TransactionPriority: "u64",
  EraIndex: "u32",
  BountyIndex: "u32",
  PropIndex: "u32",
  ReferendumIndex: "u32",

  // System
  "System.EventIndex": "u32",
  "System.Key": "Vec<u8>",
  "System.KeyValue": "(Vec<u8>, Vec<u8>)",
  "System.ConsumedWeight": {struct: {normal: "u64", operational: "u64", mandatory: "u64"}},
  "System.Phase": {cases: [["ApplyExtrinsic", "u32"], ["Finalization"], ["Initialization"]]},
  "System.EventRecord": {struct: {phase: "Phase", event: "Event", topics: "Vec<Hash>"}},
  "System.DigestOf": {struct: {logs: "Vec<DigestItem>"}},
  "System.LastRuntimeUpgradeInfo": {struct: {spec_version: "Compact<u32>", spec_name: "str"}},
  "System.ChangesTrieConfiguration": {struct: {digest_interval: "u32", digest_levels: "u32"}},
  "System.RuntimeDbWeight": {struct: {read: "u64", write: "u64"}},
  "System.RuntimeVersion": {
    struct: {
      spec_name: "str",
      impl_name: "str",
      authoring_version: "u32",
      spec_version: "u32",
      impl_version: "u32",
      apis: "Vec<([u8; 8], u32)>",
      transaction_version: "u32",
    },
  },
  "System.BlockLength": {struct: {max: "LengthPerClass"}},
  "System.LengthPerClass": {struct: {normal: "u32", operational: "u32", mandatory: "u32"}},
  "System.BlockWeights": {
    struct: {base_block: "u64", max_block: "u64", per_class: "LimitsPerClass"},
  },
  "System.LimitsPerClass": {
    struct: {normal: "ClassLimits", operational: "ClassLimits", mandatory: "ClassLimits"},
  },
  "System.ClassLimits": {
    struct: {
      base_extrinsic: "u64",
      max_extrinsic: "Option<u64>",
      max_total: "Option<u64>",
      reserved: "Option<u64>",
    },
  },
  DispatchClass: {cases: [["Normal"], ["Operational"], ["Mandatory"]]},
  Pays: {cases: [["Yes"], ["No"]]},
  DispatchInfo: {struct: {weight: "u64", class: "DispatchClass", pays_fee: "Pays"}},
  DispatchResult: "Result<(), DispatchError>",
  // It has only grown at its end; a module's error was one byte.
  DispatchError: {
    cases: [
      ["Other"],
      ["CannotLookup"],
      ["BadOrigin"],
      ["Module", "ModuleError"],
      ["ConsumerRemaining"],
      ["NoProviders"],
      ["Token", "TokenError"],
      ["Arithmetic", "ArithmeticError"],
    ],
  },
  ModuleError: {struct: {index: "u8", error: "u8"}},
  TokenError: {
    cases: [
      ["NoFunds"],
      ["WouldDie"],
      ["BelowMinimum"],
      ["CannotCreate"],
      ["UnknownAsset"],
      ["Frozen"],
      ["Unsupported"],
    ],
  },
  ArithmeticError: {cases: [["Underflow"], ["Overflow"], ["DivisionByZero"]]},

  // Money
  AccountData: {
    struct: {free: "u128", reserved: "u128", misc_frozen: "u128", fee_frozen: "u128"},
  },
  "Balances.BalanceLock": {struct: {id: "[u8; 8]", amount: "u128", reasons: "Reasons"}},
  "Balances.Reasons": {cases: [["Fee"], ["Misc"], ["All"]]},
  "Balances.ReserveData": {struct: {id: "[u8; 8]", amount: "u128"}},
  "Balances.Releases": {cases: [["V1_0_0"], ["V2_0_0"]]},
  "Balances.Status": {cases: [["Free"], ["Reserved"]]},
  "TransactionPayment.Releases": {cases: [["V1Ancient"], ["V2"]]},
  "TransactionPayment.WeightToFeeCoefficient": {
    struct: {coeff_integer: "u128", coeff_frac: "Perbill", negative: "bool", degree: "u8"},
  },

  // Who makes blocks
  SessionIndex: "u32",
  KeyTypeId: "[u8; 4]",
  "Aura.AuthorityId": "[u8; 32]",
  "AuraExt.AuthorityId": "[u8; 32]",
  "Babe.AuthorityId": "[u8; 32]",
  "Babe.BabeAuthorityWeight": "u64",
  "Babe.Randomness": "[u8; 32]",
  "Babe.MaybeRandomness": "Option<[u8; 32]>",
  "Grandpa.AuthorityList": "Vec<([u8; 32], u64)>",
  "Grandpa.SetId": "u64",
  "ImOnline.AuthorityId": "[u8; 32]",
  "CollatorSelection.CandidateInfo": {struct: {who: "AccountId", deposit: "u128"}},

  // Groups of people, and calls that wait
  "Council.Proposal": "Call",
  "TechnicalCommittee.Proposal": "Call",
  MemberCount: "u32",
  ProposalIndex: "u32",
  ...collective("Council"),
  ...collective("TechnicalCommittee"),
  "Treasury.Proposal": {
    struct: {proposer: "AccountId", value: "u128", beneficiary: "AccountId", bond: "u128"},
  },
  "Multisig.Timepoint": {struct: {height: "u32", index: "u32"}},
  "Multisig.CallHash": "[u8; 32]",
  "Multisig.Multisig": {
    struct: {
      when: "Timepoint",
      deposit: "u128",
      depositor: "AccountId",
      approvals: "Vec<AccountId>",
    },
  },
  "Scheduler.Period": "(u32, u32)",
  "Scheduler.Priority": "u8",
  "Scheduler.TaskAddress": "(u32, u32)",

  // Chains among others
  ParaId: "u32",
  RelayChainBlockNumber: "u32",
  "ParachainSystem.PersistedValidationData": {
    struct: {
      parent_head: "Vec<u8>",
      relay_parent_number: "u32",
      relay_parent_storage_root: "[u8; 32]",
      max_pov_size: "u32",
    },
  },
  "ParachainSystem.MessageQueueChain": "[u8; 32]",
};

function collective(pallet: string): Readonly<Record<string, Declared>> {
  const people = "Vec<AccountId>";
  const struct = {index: "u32", threshold: "u32", ayes: people, nays: people, end: "u32"};
  return {[`${pallet}.Votes`]: {struct}};
}
