/**
 * The checks around every signed transaction, one file each: what binds a signature to this chain, this runtime
 * and a span of blocks, what keeps an account's transactions in order and a block within its limits. Charging
 * the fee is the last of them and lives with its pallet (`transaction-payment`).
 *
 * The order in which a chain lists them is part of its format; see `chains`.
 */
export {checkGenesis} from "./check-genesis.ts";
export {checkMetadataHash} from "./check-metadata-hash.ts";
export {checkMortality} from "./check-mortality.ts";
export {checkNonZeroSender} from "./check-non-zero-sender.ts";
export {checkNonce} from "./check-nonce.ts";
export {checkSpecVersion, checkTxVersion} from "./check-versions.ts";
export {type CheckWeightConfig, checkWeight} from "./check-weight.ts";
