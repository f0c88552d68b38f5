/**
 * A stand-in for the relay chain: what a parachain is told of it, block by block, where there is none. A runtime asks for little
 * that is real in it: a number and a slot that rise, a host configuration, its own last head included, a go-ahead for new code,
 * all under one root and proved. So the stand-in is a function of the parent, the slot and the chain's settings: the author of a
 * block computes the view, whoever imports the block computes the same one and compares, and nobody can lie about it.
 *
 * One rule satisfies runtimes of all generations (2021 to 2026): the relay chain's slot is the one in which the block's slot
 * begins, its number that slot less a constant, and the parent is included whenever a block is built on it.
 *
 * Out of scope: several relay forks (the view has none), finality (a committee votes on the parachain's own blocks), and
 * messages of other chains: queues are as the state has them, and nothing new arrives, but for what a developer has the relay
 * chain say on a chain of his own (`rootMessage`).
 */

export {judgeView, type ViewFault} from "./judge-view.ts";
export {type RelayFact, type RelayFactsMissing, relayFacts} from "./relay-facts.ts";
export {
  RELAY_SLOT,
  type RelayNumberMissing,
  type RelayView,
  type RelayWorld,
  relayLifetime,
  relayView,
} from "./relay-view.ts";
export {rootMessage} from "./root-message.ts";
export {
  findValidationData,
  PARACHAIN_INHERENT,
  readValidationData,
  type ValidationData,
  type ValidationDataCall,
  validationDataCall,
  validationDataInherent,
} from "./validation-data.ts";
