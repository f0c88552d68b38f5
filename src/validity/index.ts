/**
 * Whether a relay chain would take a block: parachain runtimes carry the judge with them, `validate_block`, which a relay
 * chain's validators run over a block and the proof of what it touches in its parent's state. It is a pure function, and checks
 * at once all that there is: parent, relay number and root, proof, seal, inherents, execution, and the roots that the header says.
 *
 * `validateBlock` runs it as any call of the runtime, over no state at all. The proof is what an overlay's recorder noted
 * (`state`), in its compact form (`trie`).
 *
 * Out of scope: making and executing blocks (`core`), what a relay chain says (`relay`), and the rest of a validator's work.
 */
export {type ParachainBlock, type PoVForm, parachainBlockData, poVForm} from "./block-data.ts";
export {type RelayParent, relayParentIn} from "./relay-parent.ts";
export {
  type HorizontalMessage,
  type ValidationFailure,
  type ValidationRequest,
  type ValidationResult,
  validateBlock,
  validationResult,
} from "./validate-block.ts";
