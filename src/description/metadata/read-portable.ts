import {readCompact, type Source, type TypeInfo} from "#codec";
import type {
  ApiDescription,
  ChainDescription,
  ExtensionDescription,
  ExtrinsicDescription,
  PalletDescription,
} from "../chain-description.ts";
import {unknownType} from "../values/unknown-type.ts";
import {outerEnum} from "./outer-enum.ts";
import {readBytes, readList, readText, readTexts} from "./parts.ts";
import {PortableTypes} from "./portable-types.ts";
import {PalletReader, type PortableVersion, skipDeprecation} from "./read-pallet.ts";

type ReadExtrinsic = ExtrinsicDescription & {readonly call: TypeInfo | undefined};

/** Metadata 14, 15 or 16, what follows the byte of the version. */
export function readPortable(source: Source, version: PortableVersion): ChainDescription {
  const types = new PortableTypes(source);
  const pallets = readList(source, new PalletReader(version, types).read);
  const {call: extrinsicCall, ...extrinsic} = readExtrinsic(source, version, types);
  if (version < 16) types.read(source); // the runtime's own type
  const outer = {
    call: extrinsicCall ?? outerEnum("RuntimeCall", pallets, ({calls}) => calls),
    event: outerEnum("RuntimeEvent", pallets, ({events}) => events),
    error: outerEnum("RuntimeError", pallets, ({errors}) => errors),
  };
  if (version === 14) {
    const event = eventTypeOf(pallets) ?? outer.event;
    return {metadataVersion: version, pallets, extrinsic, ...outer, event, apis: undefined};
  }
  const apis = readList(source, () => readApi(source, version, types));
  const call = types.read(source);
  const event = types.read(source);
  const error = types.read(source);
  readList(source, () => {
    readText(source);
    types.read(source);
    readBytes(source);
  });
  return {metadataVersion: version, pallets, extrinsic, call, event, error, apis};
}

function readExtension(source: Source, types: PortableTypes): ExtensionDescription {
  return {
    identifier: readText(source),
    extra: types.read(source),
    additional: types.read(source),
  };
}

function readExtrinsic(
  source: Source,
  version: PortableVersion,
  types: PortableTypes,
): ReadExtrinsic {
  if (version === 16) return readVersionedExtrinsic(source, types);
  const none = {extensionsByVersion: new Map<number, readonly ExtensionDescription[]>()};
  if (version === 15) {
    const versions = [source.u8()];
    const [address, call, signature] = readAddressCallSignature(source, types);
    types.read(source); // the tuple of all extensions
    const extensions = readList(source, () => readExtension(source, types));
    return {versions, address, call, signature, extensions, ...none};
  }
  const type = types.read(source);
  const versions = [source.u8()];
  const extensions = readList(source, () => readExtension(source, types));
  const parameter = (name: string) => type.params.find(each => each.name === name)?.type;
  return {
    versions,
    address: parameter("Address") ?? unknownType("Address"),
    call: parameter("Call"),
    signature: parameter("Signature") ?? unknownType("Signature"),
    extensions,
    ...none,
  };
}

function readAddressCallSignature(source: Source, types: PortableTypes) {
  return [types.read(source), types.read(source), types.read(source)] as const;
}

function readVersionedExtrinsic(source: Source, types: PortableTypes): ReadExtrinsic {
  const versions = [...readBytes(source)];
  const [address, call, signature] = readAddressCallSignature(source, types);
  const lists = readList(source, () => ({
    version: source.u8(),
    indices: readList(source, readCompact),
  }));
  const all = readList(source, () => readExtension(source, types));
  const extensionsByVersion = new Map(
    lists.map(({version, indices}) => [
      version,
      indices.map(
        index => all[index] ?? source.fail("invalid-value", `there is no extension ${index}`),
      ),
    ]),
  );
  // Format 4 has no byte for it: its extensions are those of version 0.
  const extensions = extensionsByVersion.get(0) ?? all;
  return {versions, address, call, signature, extensions, extensionsByVersion};
}

function readApi(source: Source, version: PortableVersion, types: PortableTypes): ApiDescription {
  const name = readText(source);
  const methods = readList(source, () => {
    const method = {
      name: readText(source),
      inputs: readList(source, () => ({name: readText(source), type: types.read(source)})),
      output: types.read(source),
      docs: readTexts(source),
    };
    if (version > 15) skipDeprecation(source);
    return method;
  });
  const docs = readTexts(source);
  if (version < 16) return {name, version: undefined, methods, docs};
  const apiVersion = readCompact(source);
  skipDeprecation(source);
  return {name, version: apiVersion, methods, docs};
}

/** Metadata 14 has the enum of all events only inside `System.Events`, which is a list of records. */
function eventTypeOf(pallets: readonly PalletDescription[]): TypeInfo | undefined {
  const system = pallets.find(({name}) => name === "System");
  const list = system?.storage.find(({name}) => name === "Events")?.value.def;
  const record = list?.kind === "sequence" ? list.element.def : undefined;
  const fields = record?.kind === "composite" ? record.fields : [];
  return fields.find(({name}) => name === "event")?.type;
}
