/**
 * What the tests of the runtime stand on: `MockRuntime` is System and Balances with room for the pallet under
 * test, `CollatorMock` the collator pallets in upstream's test settings, `KhalaTestChain` the chain of this
 * program, block by block.
 *
 * Accounts are numbers here (`account(3)`), and results have names (`Balances.InsufficientBalance`).
 */
export {account, address, numberOf} from "./accounts.ts";
export {AUTHOR, CollatorMock, OWNER, UNREGISTERED} from "./collator-mock.ts";
export {KhalaTestChain} from "./khala-test-chain.ts";
export {MockRuntime} from "./mock-runtime.ts";
export {errorName, outcomeName} from "./outcome-name.ts";
export {createRecorder} from "./recorder.ts";
export {keysOf, SessionMock} from "./session-mock.ts";
