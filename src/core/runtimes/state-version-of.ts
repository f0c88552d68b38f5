import type {Runtime} from "#runtime-api";
import type {StateVersion} from "#state";

type Versioned = Pick<Runtime, "version">;

/**
 * How the states of a runtime are laid out. Its version's last byte says it, which upstream calls the version of the system
 * since there is more to it: what is above 1 keeps layout 1 (sp-version, `state_version`).
 */
export const stateVersionOf = ({version: {stateVersion}}: Versioned): StateVersion =>
  stateVersion === 0 ? 0 : 1;

/** How the trie is laid out whose root is that of a block's extrinsics (sp-version, `extrinsics_root_state_version`). */
export const extrinsicsVersionOf = ({version: {stateVersion}}: Versioned): StateVersion =>
  stateVersion <= 1 ? 0 : 1;
