import {useEffect, useRef, useState} from "preact/hooks";
import {type BlockDetails, blockDetails} from "../chain/block-details.ts";
import {type BlockPlace, placeOfBlock} from "../chain/block-place.ts";
import {slotOf} from "../chain/digest.ts";
import {Fact, Facts} from "../parts/facts.tsx";
import {Known} from "../parts/known.tsx";
import {Address} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {failureText} from "../rpc/rpc-failure.ts";
import {bestHead, finalHead} from "../state/heads.ts";
import {knownText} from "../text/known.ts";
import {count, plural} from "../text/short.ts";
import {dayText} from "../text/time.ts";
import {BlockEvents, ExtrinsicItem} from "./extrinsic-item.tsx";

/** One block: who made it, what was in it, what it did. */
export function BlockPanel({place}: {place: string}) {
  const [block, setBlock] = useState<BlockDetails | undefined>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    setFailure(undefined);
    blockDetails(place)
      .then(found => {
        if (!isWanted) return;
        setBlock(found);
        if (found === undefined) setFailure("this node has no such block");
      })
      .catch(error => isWanted && setFailure(failureText(error)));
    return () => {
      isWanted = false;
    };
  }, [place]);
  if (failure !== undefined || block === undefined) {
    return (
      <Panel title={`Block ${place}`}>
        <Waiting failure={failure} />
      </Panel>
    );
  }
  return <Taken block={block} />;
}

const PLACES: Readonly<Record<BlockPlace, string>> = {
  final: "final",
  best: "not final yet",
  elsewhere: "not on the chain",
};

/** Where a block is, asked for again with each head; undefined until it was heard, or where it was not available. */
function usePlace(number: number, hash: string): {place?: BlockPlace; failure?: string} {
  const [known, setKnown] = useState<{of?: string; place?: BlockPlace; failure?: string}>({});
  const asked = useRef(0);
  const heard = useRef(0);
  const best = bestHead.value;
  const final = finalHead.value;
  useEffect(() => {
    // Heads may come faster than answers, so each answer counts that is newer than the one before.
    const turn = ++asked.current;
    const hear = (answer: {place: BlockPlace} | {failure: string}) => {
      if (turn < heard.current) return;
      heard.current = turn;
      setKnown({of: hash, ...answer});
    };
    placeOfBlock(number, hash).then(
      place => hear({place}),
      error => hear({failure: failureText(error)}),
    );
  }, [number, hash, best, final]);
  return known.of === hash ? known : {};
}

function Taken({block}: {block: BlockDetails}) {
  const {header, hash, author, slotTime, extrinsics, events, fill, proofSize, specVersion} = block;
  const number = Number(header.number);
  const {place, failure} = usePlace(number, hash);
  const slot = slotOf(header);
  const own = events.filter(({phase}) => typeof phase !== "number");
  return (
    <>
      <Panel
        title={`Block ${count(number)}`}
        aside={place === undefined ? (failure ?? "…") : PLACES[place]}
      >
        <Facts>
          {/* Nobody made the first block, at no time. */}
          {number > 0 && (
            <>
              <Fact name="Slot">
                <Known value={slot}>
                  {slot => (slotTime === undefined ? slot : `${slot}, ${dayText(slotTime.began)}`)}
                </Known>
              </Fact>
              <Fact name="Author">
                <Known value={author}>{author => <Address of={author} ends={12} />}</Known>
              </Fact>
            </>
          )}
          <Fact name="Weight used">
            {knownText(fill, part => `${(part * 100).toFixed(part < 0.1 ? 2 : 0)} %`)}
          </Fact>
          <Fact name="Proof">{knownText(proofSize, bytes => plural(bytes, "byte"))}</Fact>
          <Fact name="Hash">
            <span class="mono">{hash}</span>
          </Fact>
          <Fact name="State root">
            <span class="mono">{header.stateRoot}</span>
          </Fact>
          <Fact name="Runtime">version {specVersion}</Fact>
          <Fact name="Parent and next">
            {number > 0 && <a href={`#/blocks/${header.parentHash}`}>parent</a>}
            {number > 0 && " · "}
            {place === "elsewhere" ? (
              <a href={`#/blocks/${number}`}>the one that is there</a>
            ) : (
              <a href={`#/blocks/${number + 1}`}>next</a>
            )}
          </Fact>
        </Facts>
      </Panel>
      <Panel title="Extrinsics" aside={count(extrinsics.length)}>
        <ol class="events">
          {extrinsics.map((extrinsic, index) => (
            <ExtrinsicItem
              key={extrinsic.hash}
              extrinsic={extrinsic}
              index={index}
              events={events}
            />
          ))}
        </ol>
      </Panel>
      <Panel title="Events of the block itself" aside={count(own.length)}>
        {own.length === 0 ? <p class="soft">None.</p> : <BlockEvents events={own} />}
      </Panel>
    </>
  );
}
