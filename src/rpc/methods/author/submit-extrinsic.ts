import {err, ok} from "#base";
import {bytes, method, param} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";
import {submitError} from "../../shapes/submit-error.ts";

export const authorSubmitExtrinsic = method({
  name: "author_submitExtrinsic",
  params: [param("extrinsic", bytes)],
  result: "Hash of the transaction, BLAKE2b-256 of its bytes",
  async handle({pool}, extrinsic) {
    const submitted = await pool.submit(extrinsic);
    return submitted.ok ? ok(toHex(submitted.value)) : err(submitError(submitted.error, "submit"));
  },
});
