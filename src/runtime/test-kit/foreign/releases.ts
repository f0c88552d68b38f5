/** All in which the foreign chain differs from our own, by the names of its parts, as its genesis has it. */
export const FOREIGN = {
  specName: "toyland",
  specVersion: 7,
  transactionVersion: 3,
  systemVersion: 1,
  ss58Prefix: 77,
  token: {symbol: "TOY", decimals: 10},
  slotDuration: 1_000,
  period: 10,
  existentialDeposit: 1_000_000n,
} as const;

/** A version of the foreign runtime. Only a shorter slot can follow on a longer one: slot numbers have to rise. */
export interface ForeignRelease {
  readonly specName: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
  /** How states and lists of extrinsics are laid out. */
  readonly systemVersion: number;
  /** Milliseconds. */
  readonly slotDuration: number;
  /** Whether its metadata tells of the constants of CollatorSelection. */
  readonly publishesConstants: boolean;
  /**
   * Whether it says who makes its blocks final, for light clients too, and builds the first state of a configuration, as the
   * runtime of a chain without a relay chain does.
   */
  readonly hasVoters?: boolean;
  /** Whether its blocks are sealed by ed25519, as some chains' are. */
  readonly isSealedByEd25519?: boolean;
  /** Runtime APIs that it does without, beside those that none of them has. */
  readonly withoutApis?: readonly string[];
}

const FIRST: ForeignRelease = {...FOREIGN, publishesConstants: false};

/** What root may upgrade it to: all of it is another, slots and metadata too. */
export const UPGRADED: ForeignRelease = {
  ...FIRST,
  specVersion: 8,
  transactionVersion: 4,
  slotDuration: 500,
  publishesConstants: true,
};

/** One that no longer says who authors and when. */
export const WITHOUT_AURA: ForeignRelease = {
  ...UPGRADED,
  specVersion: 9,
  withoutApis: ["AuraApi"],
};

/** One whose lists of extrinsics are laid out anew. */
export const SECOND_SYSTEM: ForeignRelease = {...FIRST, specVersion: 20, systemVersion: 2};

/** One whose blocks are sealed by ed25519. */
export const SEALED_BY_ED25519: ForeignRelease = {
  ...FIRST,
  specVersion: 30,
  isSealedByEd25519: true,
};

/** Of a chain that stands alone. */
export const SOLO: ForeignRelease = {
  ...FIRST,
  specVersion: 70,
  slotDuration: 500,
  hasVoters: true,
};

/** What root may upgrade that to. */
export const SOLO_UPGRADED: ForeignRelease = {
  ...SOLO,
  specVersion: 71,
  transactionVersion: 4,
  publishesConstants: true,
};

/** The foreign chain's versions, as far as there are. */
export const RELEASES: readonly ForeignRelease[] = [
  FIRST,
  UPGRADED,
  WITHOUT_AURA,
  SECOND_SYSTEM,
  SEALED_BY_ED25519,
  SOLO,
  SOLO_UPGRADED,
];
