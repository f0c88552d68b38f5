import {alias, bool, bytes, type Codec, fixedBytes, tuple, u32, vec} from "#codec";
import {accountId} from "#primitives";
import type {StorageScope} from "../../frame/index.ts";
import type {SessionKeys} from "./keys.ts";

const validatorId = alias(accountId, "T::ValidatorId");
/** `(KeyTypeId, Vec<u8>)` */
const ownedKey = tuple(
  fixedBytes(4, {path: "sp_core::crypto::KeyTypeId", typeName: "KeyTypeId"}),
  bytes,
);

/** Storage of Session (spec/pallets §12). */
export function sessionStorage(scope: StorageScope, keys: Codec<SessionKeys>) {
  return {
    validators: scope.value("Validators", vec(validatorId), {
      docs: "The current set of validators.",
      fallback: [],
    }),
    currentIndex: scope.value("CurrentIndex", u32, {
      docs: "Current index of the session.",
      fallback: 0,
    }),
    queuedChanged: scope.value("QueuedChanged", bool, {
      docs: "True if the underlying economic identities or weighting behind the validators has changed in the queued validator set.",
      fallback: false,
    }),
    queuedKeys: scope.value("QueuedKeys", vec(tuple(validatorId, keys)), {
      docs: "The queued keys for the next session. When the next session begins, these keys will be used to determine the validator's session keys.",
      fallback: [],
    }),
    disabledValidators: scope.value("DisabledValidators", vec(u32), {
      docs: "Indices of disabled validators.",
      fallback: [],
    }),
    nextKeys: scope.map(
      "NextKeys",
      {hasher: "Twox64Concat", key: validatorId, value: keys},
      {docs: "The next session keys for a validator."},
    ),
    keyOwner: scope.map(
      "KeyOwner",
      {hasher: "Twox64Concat", key: ownedKey, value: validatorId},
      {docs: "The owner of a key. The key is the `KeyTypeId` + the encoded key."},
    ),
  };
}

export type SessionStorage = ReturnType<typeof sessionStorage>;
