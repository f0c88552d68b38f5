import {err, ok} from "#base";
import {bytes, encode, struct, vec} from "#codec";
import {hash, header} from "#primitives";
import {method, param, u32} from "../../declare/index.ts";
import type {GrandpaQuestions} from "../../questions/grandpa.ts";
import {hexJson} from "../../shapes/hex.ts";

/** Upstream's code for every way in which this fails. */
const PROVE_FAILED = 4;

const finalityProof = struct({block: hash, justification: bytes, unknownHeaders: vec(header)});

export const grandpaProveFinality = (grandpa: GrandpaQuestions) =>
  method({
    name: "grandpa_proveFinality",
    params: [param("block", u32)],
    result:
      "Bytes: SCALE of (proven block, its justification, headers from the one after `block` to it), or null",
    handle(_, block) {
      const proof = grandpa.prove(block);
      if (proof === "no-proof") return ok(null);
      if (proof === "not-final") {
        return err({
          code: PROVE_FAILED,
          message: `Failed to prove finality: block ${block} is not finalized`,
        });
      }
      const unknownHeaders = [...grandpa.headersAbove(block, proof.block)];
      return ok(hexJson(encode(finalityProof, {...proof, unknownHeaders})));
    },
  });
