import {type BinaryString, binaryToHex, bytesToBinary, err, ok, type Result} from "#base";
import {BLOCK_HASHINGS, type BlockHashing, parseBlockHashing} from "#crypto";
import {CHILD_STORAGE_PREFIX} from "#primitives";
import {BLOCK_HASHING_KEY, blockHashingMisfit} from "./block-hashing.ts";
import type {ChainSpec, ChainSpecHead, ChainType, ConfiguredGenesis} from "./chain-spec.ts";
import {JsonReader, SpecError, type SpecFailure} from "./json-reader.ts";
import {parseJson} from "./parse-json.ts";
import {parsePatch} from "./presets/parse-patch.ts";
import {isPresetCode, type PresetGenesis} from "./presets/preset-genesis.ts";

/** Folder names are made of the id, so it must not be able to leave its place. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

export interface ParsedSpec {
  readonly spec: ChainSpec;
  /** What works and will surprise. */
  readonly warnings: readonly string[];
}

/** Runs a reader over a JSON document: the one place where `SpecError` becomes a value. */
function readDocument<T>(text: string, read: (top: JsonReader) => T): Result<T, SpecFailure> {
  let document: unknown;
  try {
    document = parseJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err({code: "chain-spec-invalid", key: "(file)", message: `not JSON: ${reason}`});
  }
  try {
    return ok(read(new JsonReader(document)));
  } catch (error) {
    if (error instanceof SpecError) return err(error.failure);
    throw error;
  }
}

/** Reads a chain spec, readable or raw. Keys that we do not use are kept as they are: other nodes' specs have some. */
export function parseChainSpec(text: string): Result<ParsedSpec, SpecFailure> {
  return readDocument(text, top => {
    const parsed = readSpec(top);
    const misfit = blockHashingMisfit(parsed.spec);
    if (misfit !== undefined) top.child(BLOCK_HASHING_KEY).fail(misfit);
    return parsed;
  });
}

/** Reads what stands under `runtimeGenesis.patch` as a document of its own. */
export function parsePatchText(
  text: string,
  defaults: PresetGenesis["parameters"],
): Result<ReturnType<typeof parsePatch>, SpecFailure> {
  return readDocument(text, top => parsePatch(top, defaults));
}

function readSpec(top: JsonReader): ParsedSpec {
  const genesis = top.child("genesis");
  if (!genesis.present) genesis.fail("missing");
  const head = readHead(top);
  const raw = genesis.child("raw");
  if (raw.present) {
    const top = new Map(readEntries(raw.child("top")));
    const root = [...top.keys()].find(key => key.startsWith(CHILD_STORAGE_PREFIX));
    if (root !== undefined) {
      raw.child("top").child(binaryToHex(root)).fail("child tries stand under childrenDefault");
    }
    const given = raw.child("childrenDefault");
    const names = given.present ? Object.keys(given.object()) : [];
    const children = new Map(
      names.map(name => [hexKey(given, name), new Map(readEntries(given.child(name)))] as const),
    );
    return {spec: {...head, genesis: {kind: "raw", top, children}}, warnings: []};
  }
  const patch = genesis.child("runtimeGenesis");
  if (!patch.present) {
    genesis.fail(
      genesis.child("runtime").present
        ? "the form of before 2024, which only the program can read that the chain was made with: have it build-spec --raw"
        : "expected runtimeGenesis or raw",
    );
  }
  const code = patch.child("code");
  if (code.present && !isPresetCode(code.hex())) {
    return {spec: {...head, genesis: readConfigured(patch)}, warnings: []};
  }
  const {parameters, genesis: built, warnings} = parsePatch(patch.child("patch"));
  return {spec: {...head, genesis: {kind: "built", parameters, genesis: built}}, warnings};
}

/** `patch` changes the default, or with `preset` the configuration of that name; `config` is all of it. */
function readConfigured(given: JsonReader): ConfiguredGenesis {
  given.onlyKeys(["code", "patch", "config", "preset"]);
  const code = given.child("code").hex();
  if (code.length === 0) given.child("code").fail("there is none");
  const [patch, config, preset] = ["patch", "config", "preset"].map(key => given.child(key));
  if (config!.present) {
    if (patch!.present || preset!.present)
      config!.fail("is all of it: neither patch nor preset goes with it");
    return {kind: "configured", code, config: {kind: "config", config: config!.object()}};
  }
  if (!patch!.present && !preset!.present) given.fail("expected patch, config or preset");
  return {
    kind: "configured",
    code,
    config: {
      kind: "patch",
      patch: patch!.present ? patch!.object() : {},
      ...(preset!.present ? {preset: preset!.text()} : {}),
    },
  };
}

function readEntries(items: JsonReader): [BinaryString, Uint8Array][] {
  return Object.keys(items.object()).map(key => [hexKey(items, key), items.child(key).hex()]);
}

/** A key that is written as hex. */
const hexKey = (items: JsonReader, key: string): BinaryString =>
  bytesToBinary(new JsonReader(key, items.child(key).path).hex());

function readHead(top: JsonReader): ChainSpecHead {
  const id = top.child("id");
  if (!ID.test(id.text())) id.fail("expected letters, digits, _ and -, at most 64");
  const bootNodes = top.child("bootNodes");
  const properties = top.child("properties");
  const protocolId = top.child("protocolId");
  const forkId = top.child("forkId");
  const blockHashing = top.child(BLOCK_HASHING_KEY);
  const {genesis: _, ...document} = top.object();
  return {
    document,
    name: top.child("name").text(),
    id: id.text(),
    chainType: readChainType(top.child("chainType")),
    bootNodes: bootNodes.present ? bootNodes.list().map(node => node.text()) : [],
    protocolId: protocolId.present ? protocolId.text() : id.text(),
    ...(forkId.present ? {forkId: forkId.text()} : {}),
    ...(blockHashing.present ? {blockHashing: readBlockHashing(blockHashing)} : {}),
    properties: properties.present ? plainProperties(properties) : {},
  };
}

function readBlockHashing(item: JsonReader): BlockHashing {
  return (
    parseBlockHashing(item.text()) ?? item.fail(`expected one of ${BLOCK_HASHINGS.join(", ")}`)
  );
}

function readChainType(item: JsonReader): ChainType {
  if (!item.present) return "Live";
  if (typeof item.value === "object") return {Custom: item.child("Custom").text()};
  const text = item.text();
  if (text === "Development" || text === "Local" || text === "Live") return text;
  return item.fail('expected Development, Local, Live or {"Custom": …}');
}

/** Properties go to clients as they are; their numbers are small and become plain ones. */
function plainProperties(item: JsonReader): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(item.object(), (_, value) =>
      value !== null && typeof value === "object" && value.isLosslessNumber === true
        ? Number(value.value)
        : value,
    ),
  );
}
