import {type BinaryString, bytesToHex, err, hexToBytes, ok, type Result} from "#base";
import {decodeSs58, type Hashing} from "#crypto";
import {
  decodeCall,
  type ExtrinsicSigner,
  encodeCall,
  type NamedMisfit,
  type SignFailure,
  type StateReader,
  signExtrinsic,
} from "#description";
import type {Hash} from "#primitives";
import {type AgendaFailure, agendaEntry} from "./agenda.ts";

/** The chain as it stands, and who can sign on it. */
export interface DispatchGround {
  readonly reader: StateReader;
  readonly hashing: Hashing;
  readonly genesisHash: Hash;
  readonly specVersion: number;
  readonly transactionVersion: number;
  /** Of the best block. */
  readonly number: number;
  /** Whether the relay chain may be made to say something. */
  readonly hasRelayChain: boolean;
  /** Undefined where nobody here has the account's secret. */
  readonly signerOf: (account: Uint8Array) => ExtrinsicSigner | undefined;
}

export interface DispatchRequest {
  /** `"root"`, `{signed: account}`, or any origin of the runtime's in JSON: `{Council: {Members: [3, 5]}}`. */
  readonly origin: unknown;
  /** SCALE. */
  readonly call: Uint8Array;
}

/** How a call is carried out. */
export type DispatchPlan =
  /** By an extrinsic that any node would take. */
  | {readonly how: "signed" | "sudo" | "sudo-as"; readonly extrinsic: Uint8Array}
  /** By a message of the relay chain's, as system chains are governed. */
  | {readonly how: "relay-message"; readonly call: Uint8Array}
  /** By an agenda that is written over the state after one block, and carried out in the next. */
  | {readonly how: "scheduled"; readonly values: readonly (readonly [BinaryString, Uint8Array])[]};

export type DispatchFailure =
  | AgendaFailure
  | SignFailure
  | {readonly code: "account-unreadable"; readonly given: string};

/** Finds the way that the runtime accepts. */
export function planDispatch(
  ground: DispatchGround,
  {origin, call}: DispatchRequest,
): Result<DispatchPlan, DispatchFailure> {
  const {reader} = ground;
  const key = reader.read("Sudo.Key");
  const sudo = key instanceof Uint8Array ? ground.signerOf(key) : undefined;
  if (isRoot(origin)) {
    if (sudo !== undefined) return bySudo(ground, sudo, "sudo", {call: decoded(ground, call)});
    const scheduled = schedule(ground, {system: "Root"}, call);
    const isMissing = !scheduled.ok && scheduled.error.code === "scheduler-missing";
    return isMissing && ground.hasRelayChain ? ok({how: "relay-message", call}) : scheduled;
  }
  const signed = signedBy(origin);
  if (signed === undefined) return schedule(ground, origin, call);
  const account = accountOf(signed);
  if (account === undefined) return err({code: "account-unreadable", given: String(signed)});
  const own = ground.signerOf(account);
  if (own !== undefined) {
    const extrinsic = sign(ground, own, call);
    return extrinsic.ok ? ok({how: "signed", extrinsic: extrinsic.value}) : extrinsic;
  }
  return sudo === undefined
    ? schedule(ground, {system: {Signed: bytesToHex(account)}}, call)
    : bySudo(ground, sudo, "sudo-as", {who: account, call: decoded(ground, call)});
}

const isRoot = (origin: unknown): boolean =>
  typeof origin === "string" && origin.toLowerCase() === "root";

/** What stands behind `signed`, alone in an object. */
function signedBy(origin: unknown): unknown {
  if (typeof origin !== "object" || origin === null) return undefined;
  const [entry, ...others] = Object.entries(origin);
  return entry?.[0].toLowerCase() === "signed" && others.length === 0 ? entry[1] : undefined;
}

function accountOf(given: unknown): Uint8Array | undefined {
  if (given instanceof Uint8Array) return given;
  if (typeof given !== "string") return undefined;
  const address = decodeSs58(given);
  return hexToBytes(given) ?? (address.ok ? address.value.bytes : undefined);
}

function decoded({reader}: DispatchGround, call: Uint8Array): unknown {
  const read = decodeCall(reader.description, call);
  return read.ok ? {call: `${read.value.pallet}.${read.value.name}`, args: read.value.args} : call;
}

function bySudo(
  ground: DispatchGround,
  sudo: ExtrinsicSigner,
  how: "sudo" | "sudo-as",
  args: Readonly<Record<string, unknown>>,
): Result<DispatchPlan, DispatchFailure> {
  const name = how === "sudo" ? "Sudo.sudo" : "Sudo.sudo_as";
  const call = encodeCall(ground.reader.description, {call: name, args});
  if (!call.ok) return misfit(call.error, name);
  const extrinsic = sign(ground, sudo, call.value);
  return extrinsic.ok ? ok({how, extrinsic: extrinsic.value}) : extrinsic;
}

function misfit(error: object, at: string): Result<never, NamedMisfit> {
  const expected = "expected" in error ? String(error.expected) : "another call";
  return err({code: "misfit", at, expected});
}

function sign(
  {reader, hashing, genesisHash, specVersion, transactionVersion}: DispatchGround,
  signer: ExtrinsicSigner,
  call: Uint8Array,
): Result<Uint8Array, SignFailure> {
  const account = reader.read("System.Account", [signer.account]) as {nonce?: number} | undefined;
  const facts = {nonce: account?.nonce ?? 0, genesisHash, specVersion, transactionVersion};
  return signExtrinsic(reader.description, call, signer, facts, hashing);
}

function schedule(
  {reader, hashing, number}: DispatchGround,
  origin: unknown,
  call: Uint8Array,
): Result<DispatchPlan, DispatchFailure> {
  // One block writes the agenda, and the one after carries it out.
  const entry = agendaEntry(reader, {block: number + 2, call, origin}, hashing);
  return entry.ok ? ok({how: "scheduled", values: [entry.value]}) : entry;
}
