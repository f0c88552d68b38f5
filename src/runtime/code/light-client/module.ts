import type {LightClientContents} from "./contents.ts";
import {exportAccountNonce} from "./exports/account-nonce.ts";
import {exportConstants} from "./exports/constants.ts";
import {exportMetadata} from "./exports/metadata-at-version.ts";
import {exportFeeQueries} from "./exports/query-fees.ts";
import {exportDecodeSessionKeys} from "./exports/session-keys.ts";
import {exportSessionStatus} from "./exports/session-status.ts";
import {exportStoredLists} from "./exports/stored-lists.ts";
import {exportValidateTransaction} from "./exports/validate-transaction.ts";
import {createParts} from "./parts.ts";

/** The module that answers for a chain: the same contents, the same bytes. */
export function lightClientModule(contents: LightClientContents): Uint8Array {
  const parts = createParts(contents);
  exportConstants(parts);
  exportMetadata(parts);
  exportStoredLists(parts);
  exportAccountNonce(parts);
  exportDecodeSessionKeys(parts);
  exportSessionStatus(parts);
  exportFeeQueries(parts);
  exportValidateTransaction(parts);
  return parts.module.finish();
}
