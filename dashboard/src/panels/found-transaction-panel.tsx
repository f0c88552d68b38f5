import {useEffect, useState} from "preact/hooks";
import {eventsAt, failureOf} from "../chain/events.ts";
import {callName, type DecodedExtrinsic, decodeExtrinsic} from "../chain/extrinsic.ts";
import type {Found} from "../chain/find-transaction.ts";
import {runtimeAt} from "../chain/runtime.ts";
import type {BlockJson} from "../contract/node-answers.ts";
import {Badge} from "../parts/badge.tsx";
import {Fact, Facts} from "../parts/facts.tsx";
import {Address, BlockLink} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Said} from "../parts/said.tsx";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";

interface Read {
  readonly extrinsic: DecodedExtrinsic;
  /** Undefined while it waits in the pool. */
  readonly number: number | undefined;
  readonly failure: string | undefined;
}

/** A transaction that was searched for: what it asks, of whom, where it is and what became of it. */
export function FoundTransactionPanel({hash, found}: {hash: string; found: Found}) {
  const [read, setRead] = useState<Read>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    setRead(undefined);
    readFound(found).then(setRead, error => setFailure(failureText(error)));
  }, [hash, found]);
  if (read === undefined) {
    return (
      <Panel title="Transaction">
        <Waiting failure={failure} what="its block" />
      </Panel>
    );
  }
  const {extrinsic, number} = read;
  return (
    <Panel
      title={callName(extrinsic.call)}
      aside={
        number === undefined ? (
          <Badge tone="waiting">waiting in the pool</Badge>
        ) : read.failure === undefined ? (
          <Badge tone="good">done</Badge>
        ) : (
          <Badge tone="bad">failed: {read.failure}</Badge>
        )
      }
    >
      <Facts>
        {number !== undefined && (
          <Fact name="Block">
            <BlockLink number={number} hash={found.block} />,{" "}
            {found.isFinal ? "final" : "not final yet"}
          </Fact>
        )}
        {extrinsic.signer !== undefined && (
          <Fact name="Signer">
            <Address of={extrinsic.signer} />
          </Fact>
        )}
        <Fact name="Arguments">
          <Said parts={extrinsic.call?.said ?? []} />
        </Fact>
        <Fact name="Hash">
          <span class="mono">{hash}</span>
        </Fact>
      </Facts>
    </Panel>
  );
}

async function readFound({block, extrinsic}: Found): Promise<Read> {
  if (block === undefined) {
    const decoded = decodeExtrinsic(extrinsic, await runtimeAt());
    return {extrinsic: decoded, number: undefined, failure: undefined};
  }
  const found = await node.call<BlockJson | null>("chain_getBlock", [block]);
  if (found === null) throw new Error("the node has its block no more");
  const {header, extrinsics} = found.block;
  // A block is encoded by the runtime that its parent left.
  const runtime = await runtimeAt(header.parentHash);
  const events = await eventsAt(block, runtime);
  const index = extrinsics.indexOf(extrinsic);
  return {
    extrinsic: decodeExtrinsic(extrinsic, runtime),
    number: Number(header.number),
    failure: failureOf(events, index),
  };
}
