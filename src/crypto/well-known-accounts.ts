import {hex} from "#base";

/** An account of the development phrase. Everybody knows its secret: it guards nothing. */
export interface WellKnownAccount {
  /** `Alice`, or `Alice//stash`. */
  readonly name: string;
  /** Secret URI, for both schemes. */
  readonly uri: string;
  /** The account, and the Aura key. */
  readonly sr25519: Uint8Array;
  /** The Grandpa key. */
  readonly ed25519: Uint8Array;
}

const wellKnown = (name: string, sr25519: string, ed25519: string): WellKnownAccount => ({
  name,
  uri: `//${name}`,
  sr25519: hex(sr25519),
  ed25519: hex(ed25519),
});

/**
 * The six of Substrate's development chains, each with its stash. Written out because deriving them costs some
 * hundred milliseconds at start; a test derives them again.
 */
export const WELL_KNOWN_ACCOUNTS: readonly WellKnownAccount[] = [
  wellKnown(
    "Alice",
    "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
    "0x88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee",
  ),
  wellKnown(
    "Alice//stash",
    "0xbe5ddb1579b72e84524fc29e78609e3caf42e85aa118ebfe0b0ad404b5bdd25f",
    "0x451781cd0c5504504f69ceec484cc66e4c22a2b6a9d20fb1a426d91ad074a2a8",
  ),
  wellKnown(
    "Bob",
    "0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48",
    "0xd17c2d7823ebf260fd138f2d7e27d114c0145d968b5ff5006125f2414fadae69",
  ),
  wellKnown(
    "Bob//stash",
    "0xfe65717dad0447d715f660a0a58411de509b42e6efb8375f562f58a554d5860e",
    "0x292684abbb28def63807c5f6e84e9e8689769eb37b1ab130d79dbfbf1b9a0d44",
  ),
  wellKnown(
    "Charlie",
    "0x90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22",
    "0x439660b36c6c03afafca027b910b4fecf99801834c62a5e6006f27d978de234f",
  ),
  wellKnown(
    "Charlie//stash",
    "0x1e07379407fecc4b89eb7dbd287c2c781cfb1907a96947a3eb18e4f8e7198625",
    "0xdd6a6118b6c11c9c9e5a4f34ed3d545e2c74190f90365c60c230fa82e9423bb9",
  ),
  wellKnown(
    "Dave",
    "0x306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20",
    "0x5e639b43e0052c47447dac87d6fd2b6ec50bdd4d0f614e4299c665249bbd09d9",
  ),
  wellKnown(
    "Dave//stash",
    "0xe860f1b1c7227f7c22602f53f15af80747814dffd839719731ee3bba6edc126c",
    "0x1d0432d75331ab299065bee79cdb1bdc2497c597a3087b4d955c67e3c000c1e2",
  ),
  wellKnown(
    "Eve",
    "0xe659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e",
    "0x1dfe3e22cc0d45c70779c1095f7489a8ef3cf52d62fbd8c2fa38c9f1723502b5",
  ),
  wellKnown(
    "Eve//stash",
    "0x8ac59e11963af19174d0b94d5d78041c233f55d2e19324665bafdfb62925af2d",
    "0xc833bdd2e1a7a18acc1c11f8596e2e697bb9b42d6b6051e474091a1d43a294d7",
  ),
  wellKnown(
    "Ferdie",
    "0x1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c",
    "0x568cb4a574c6d178feb39c27dfc8b3f789e5f5423e19c71633c748b9acf086b5",
  ),
  wellKnown(
    "Ferdie//stash",
    "0x101191192fc877c24d725b337120fa3edc63d227bbc92705db1e2cb65f56981a",
    "0x199d749dbf4b8135cb1f3c8fd697a390fc0679881a8a110c1d06375b3b62cd09",
  ),
];
