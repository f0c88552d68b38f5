import {useEffect, useState} from "preact/hooks";
import {type Happening, lookThrough, type Wanted} from "../chain/look-through.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {bestHead, bestHeight, finalHead, finalHeight} from "./heads.ts";

export interface Looked {
  /** Undefined until the first blocks were looked through. */
  readonly found: readonly Happening[] | undefined;
  /** The newest and the oldest block that were. */
  readonly range: readonly [number, number] | undefined;
  readonly withoutState: number;
  readonly failure: string | undefined;
  /** Goes on to older blocks; undefined where there are none. */
  readonly older: (() => void) | undefined;
  /** Older blocks are being read. */
  readonly isGoingOn: boolean;
}

interface Seen {
  readonly found: readonly Happening[];
  readonly newest: number;
  readonly next: number | undefined;
  /** What stands above it may leave the chain, and is read again. */
  readonly final: number;
  readonly withoutState: number;
}

/** Goes through the newest blocks, through those that come, and through older ones when asked to. */
export function useLookThrough(wanted: Wanted): Looked {
  const [seen, setSeen] = useState<Seen>();
  const [failure, setFailure] = useState<string>();
  const [isGoingOn, setIsGoingOn] = useState(false);
  const name = JSON.stringify(wanted);
  useEffect(() => {
    let isWanted = true;
    let isUnderWay = false;
    let isDue = false;
    let last: Seen | undefined;
    const look = async () => {
      isDue = true;
      if (isUnderWay) return;
      isUnderWay = true;
      while (isDue && isWanted) {
        isDue = false;
        try {
          const read = await lookOn(last, wanted);
          if (!isWanted) return;
          last = read;
          setSeen(before => (before === undefined ? read : joined(read, before)));
          setFailure(undefined);
        } catch (error) {
          if (isWanted) setFailure(failureText(error));
        }
      }
      isUnderWay = false;
    };
    setSeen(undefined);
    void look();
    const stop = whenChanges(bestHead, 1_000)(() => void look());
    // So that the node goes on to tell what is final: what is not is read again.
    const stopFinal = finalHead.subscribe(() => undefined);
    return () => {
      isWanted = false;
      stop();
      stopFinal();
    };
  }, [name]);
  const older =
    seen?.next === undefined
      ? undefined
      : async () => {
          setIsGoingOn(true);
          try {
            const {found, next, withoutState} = await lookThrough(seen.next!, wanted);
            setSeen(
              now =>
                now && {
                  ...now,
                  found: [...now.found, ...found],
                  next,
                  withoutState: now.withoutState + withoutState,
                },
            );
          } catch (error) {
            setFailure(failureText(error));
          }
          setIsGoingOn(false);
        };
  return {
    found: seen?.found,
    range: seen && [seen.newest, (seen.next ?? -1) + 1],
    withoutState: seen?.withoutState ?? 0,
    failure,
    older,
    isGoingOn,
  };
}

/** The first time as far as there is enough to show, then only what is new or not final. */
async function lookOn(before: Seen | undefined, wanted: Wanted): Promise<Seen> {
  const newest = await bestHeight();
  const final = Math.min(await finalHeight(), newest);
  const {found, next, withoutState} = await lookThrough(
    newest,
    wanted,
    before === undefined ? 0 : before.final + 1,
  );
  return {found, newest, next, final, withoutState};
}

/** Where more came than is read at a time, what was shown before is behind a gap: it is left. */
function joined(read: Seen, before: Seen): Seen {
  if (read.next !== undefined) return read;
  const kept = before.found.filter(({number}) => number <= before.final);
  return {
    ...read,
    found: [...read.found, ...kept],
    next: before.next,
    withoutState: before.withoutState,
  };
}
