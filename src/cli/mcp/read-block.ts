import {hexToBytes} from "#base";
import {
  type ChainDescription,
  type ChainEvent,
  findCall,
  findEvent,
  nameDispatchError,
  readExtrinsic,
} from "#description";
import {askEvents} from "../desk/ask-events.ts";
import type {ChainReader} from "./chain-reader.ts";
import {readableFields, readableValue, unreadable} from "./readable-value.ts";
import {AT, reading} from "./reading-tool.ts";
import type {Tool} from "./tool.ts";

/** `read_block` */
export const readBlock = (reader: ChainReader): Tool => ({
  name: "read_block",
  description: "A block with its transactions and events, decoded by the chain's metadata.",
  ...reading({at: AT}),
  async call({at}) {
    const {runtime, extrinsics, ...block} = await reader.block(at);
    const {description} = runtime;
    const address = await reader.addresses(runtime);
    const events = await askEvents(
      (method, ...params) => reader.ask(method, ...params),
      runtime,
      block.hash,
    );
    const shown = (index: number | undefined) =>
      (events?.events ?? [])
        .filter(({extrinsic}) => extrinsic === index)
        .map(event => shownEvent(description, event, address));
    return {
      ...block,
      specVersion: runtime.specVersion,
      extrinsics: extrinsics.map((bytes, i) => ({
        ...shownExtrinsic(description, bytes, address),
        events: shown(i),
      })),
      eventsOfTheBlock: shown(undefined),
      ...(events?.rest === undefined
        ? {}
        : {unreadableEvents: unreadable(events.rest.bytes, events.rest.failure.message)}),
    };
  },
});

type Address = (account: Uint8Array) => string;

function shownExtrinsic(description: ChainDescription, text: string, address: Address): object {
  const bytes = hexToBytes(text);
  const read = bytes && readExtrinsic(description, bytes);
  if (read === undefined || !read.ok) return unreadable(bytes, read?.error.message ?? "no hex");
  const {kind, address: signer, call} = read.value;
  const name = `${call.pallet}.${call.name}`;
  const fields = findCall(description, name)?.variant.fields ?? [];
  return {
    kind,
    ...(signer === undefined
      ? {}
      : {signer: readableValue(description.extrinsic.address, signer, address)}),
    call: name,
    args: readableFields(fields, call.args, address),
  };
}

function shownEvent(description: ChainDescription, event: ChainEvent, address: Address): object {
  const fields = findEvent(description, event.name)?.variant.fields ?? [];
  const shown = readableFields(fields, event.fields, address);
  const {dispatchError} = event.fields as {readonly dispatchError?: unknown};
  return {
    event: event.name,
    ...(dispatchError === undefined
      ? {}
      : {error: nameDispatchError(description, dispatchError).name}),
    fields: shown,
  };
}
