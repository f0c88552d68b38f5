import {publicKeyOf} from "./account.ts";

/**
 * Public keys, sr25519, of the phrase that everybody knows and a path below it, which is the name: those that development
 * chains endow, and those of `khala net`. In hex.
 */
export const WELL_KNOWN_KEYS: Readonly<Record<string, string>> = {
  Alice: "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
  Bob: "0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48",
  Charlie: "0x90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22",
  Dave: "0x306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20",
  Eve: "0xe659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e",
  Ferdie: "0x1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c",
  "Alice//stash": "0xbe5ddb1579b72e84524fc29e78609e3caf42e85aa118ebfe0b0ad404b5bdd25f",
  "Bob//stash": "0xfe65717dad0447d715f660a0a58411de509b42e6efb8375f562f58a554d5860e",
  "Charlie//stash": "0x1e07379407fecc4b89eb7dbd287c2c781cfb1907a96947a3eb18e4f8e7198625",
  "Dave//stash": "0xe860f1b1c7227f7c22602f53f15af80747814dffd839719731ee3bba6edc126c",
  "Eve//stash": "0x8ac59e11963af19174d0b94d5d78041c233f55d2e19324665bafdfb62925af2d",
  "Ferdie//stash": "0x101191192fc877c24d725b337120fa3edc63d227bbc92705db1e2cb65f56981a",
  "Collator//1": "0xfa1f9570d21c025deb4442f28aa760446b44e363dc5ae721103e9260d4a89c35",
  "Collator//2": "0xbc4ba81d7a18022134f1cddf4ef1615214b79efd91d37edbf090a4094a90e23a",
  "Collator//3": "0x209264032b3b40eb553a0f0d4f81477f5d647e912257235b7fe6c34a7ef6ba10",
  "Collator//4": "0x50d8f6d7302ae613d7fb8768e519d429ef3a47ff83132c813caff3d698a4cd29",
  "Collator//5": "0xbece77e34a5fc6b2975ccd20abb3667616a91c0987aeca9614648950515b4a13",
  "Collator//6": "0xdad15797f58a6139cb332b99b5ab6fc9986ff9fce551bc2b53511cc33cd87523",
  "Collator//7": "0x522305ad9972384d1105ff5b10b81c3298a8830cf18b70b3d4c1cc4796c00b4b",
  "Collator//8": "0xc8557dd807e99336ed1f3e5aa24aa0e330889c27de391320c79f3127d9c19951",
  "Collator//9": "0xbafe25a44ba4b4453f4be6abdc3d87018cab228494fd208c720d7d725a94c24f",
  "Collator//10": "0x14cca9bae7a38fabe8a276db5ff6d7f01896081444d026b64d3408f74185c54a",
  "Collator//11": "0x58089d0e7e900a58ebf439edea7b6139b54228cafe3813990b9ca1145d347b66",
  "Collator//12": "0xe4569aa55e9d8d1c52e6142e9f17fe6d09bea978d6d18caa7b14a3befd4b8d6a",
};

const NAMES = new Map(Object.entries(WELL_KNOWN_KEYS).map(([name, key]) => [key, name]));

/** `modl`, eight letters of a pallet's own, and what the pallet likes; nobody holds a key to it. */
const OF_PALLET = /^0x6d6f646c([0-9a-f]{16})/;
/** Those that most chains have, in words. */
const PALLETS: Readonly<Record<string, string>> = {
  PotStake: "collators' pot",
  "py/trsry": "treasury",
};

/** `para` or `sibl`, and a number in four bytes, lowest first: how relay chain and sister chains see a chain. */
const OF_CHAIN = /^0x(70617261|7369626c)([0-9a-f]{8})0{48}$/;

/** What an account is called wherever it stands; undefined where nobody knows it. */
export function accountName(address: string): string | undefined {
  const key = publicKeyOf(address);
  const known = NAMES.get(key);
  if (known !== undefined) return known;
  const letters = OF_PALLET.exec(key)?.[1]?.match(/../g);
  if (letters !== undefined && letters !== null) {
    const identifier = printable(letters);
    return PALLETS[identifier] ?? `pallet ${identifier}`;
  }
  const [, , number] = OF_CHAIN.exec(key) ?? [];
  const bytes = number?.match(/../g)?.reverse().join("");
  return bytes === undefined ? undefined : `parachain ${Number.parseInt(bytes, 16)}`;
}

const printable = (bytes: readonly string[]): string =>
  bytes
    .map(byte => Number.parseInt(byte, 16))
    .map(code => (code > 0x20 && code < 0x7f ? String.fromCharCode(code) : ""))
    .join("");

/** The key of who is called so, however it is written; undefined for a name that nobody has. */
export function keyOfName(name: string): string | undefined {
  const asked = name.trim().replace(/^\/\//, "").toLowerCase();
  return Object.entries(WELL_KNOWN_KEYS).find(([each]) => each.toLowerCase() === asked)?.[1];
}
