import {
  alias,
  bytes,
  fixedBytes,
  newtype,
  option,
  struct,
  tuple,
  u32,
  u64,
  unit,
  variant,
} from "#codec";
import {hash} from "#primitives";
import {authorityId, type Grandpa, readAuthorities} from "../pallets/grandpa/index.ts";
import {method, type RuntimeApi} from "./declare.ts";

const signature = newtype(
  fixedBytes(64, {path: "sp_core::ed25519::Signature", typeName: "ed25519::Signature"}),
  {path: "sp_consensus_grandpa::app::Signature"},
);

const vote = (kind: "Prevote" | "Precommit") =>
  struct(
    {targetHash: hash, targetNumber: u32},
    {
      path: `finality_grandpa::${kind}`,
      params: [
        {name: "H", type: hash.info},
        {name: "N", type: u32.info},
      ],
    },
  );

/** Two votes of one voter in one round. */
function doubleVote(kind: "Prevote" | "Precommit") {
  const one = vote(kind);
  const signed = tuple(one, signature);
  return struct(
    {roundNumber: u64, identity: authorityId, first: signed, second: signed},
    {
      path: "finality_grandpa::Equivocation",
      params: [
        {name: "Id", type: authorityId.info},
        {name: "V", type: one.info},
        {name: "S", type: signature.info},
      ],
    },
  );
}

const params = [
  {name: "H", type: hash.info},
  {name: "N", type: u32.info},
];
const equivocation = variant(
  {Prevote: [0, doubleVote("Prevote")], Precommit: [1, doubleVote("Precommit")]},
  {path: "sp_consensus_grandpa::Equivocation", params},
);
const equivocationProof = struct(
  {setId: alias(u64, "SetId"), equivocation},
  {path: "sp_consensus_grandpa::EquivocationProof", params},
);
const ownershipProof = newtype(bytes, {path: "sp_consensus_grandpa::OpaqueKeyOwnershipProof"});

/** Reports are answered with nothing: there are no offences on this chain, nodes log and keep what they see. */
export const grandpaApi = ({setIdCodec, authoritiesCodec, storage}: Grandpa): RuntimeApi => ({
  name: "GrandpaApi",
  id: "0xed99c5acb25eedf5",
  version: 3,
  docs: "APIs for integrating the GRANDPA finality gadget into runtimes.",
  methods: [
    method({
      name: "grandpa_authorities",
      docs: "Get the current GRANDPA authorities and weights. This should not change except for when changes are scheduled and the corresponding delay has passed.",
      inputs: {},
      output: authoritiesCodec,
      run: ({state}) => readAuthorities(state),
    }),
    method({
      name: "submit_report_equivocation_unsigned_extrinsic",
      docs: "Submits an unsigned extrinsic to report an equivocation. This chain takes no reports.",
      inputs: {equivocation_proof: equivocationProof, key_owner_proof: ownershipProof},
      output: option(unit),
      run: () => undefined,
    }),
    method({
      name: "generate_key_ownership_proof",
      docs: "Generates a proof of key ownership for the given authority in the given set. This chain takes no reports.",
      inputs: {set_id: alias(u64, "SetId"), authority_id: authorityId},
      output: option(ownershipProof),
      run: () => undefined,
    }),
    method({
      name: "current_set_id",
      docs: "Get current GRANDPA authority set id.",
      inputs: {},
      output: setIdCodec,
      run: ({state}) => storage.currentSetId.get(state),
    }),
  ],
});
