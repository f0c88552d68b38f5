import {useEffect, useState} from "preact/hooks";
import {type Meaning, resolveSearch} from "../chain/resolve-search.ts";
import {FoundTransactionPanel} from "../panels/found-transaction-panel.tsx";
import {HappeningsPanel} from "../panels/happenings-panel.tsx";
import {failureText} from "../rpc/rpc-failure.ts";
import type {ScreenProps} from "./index.ts";

/** Where a block or an account has a page, that; else what was found. */
export function SearchScreen({detail}: ScreenProps) {
  const [found, setFound] = useState<{of: string; meaning?: Meaning; failure?: string}>();
  useEffect(() => {
    let isWanted = true;
    resolveSearch(detail).then(
      meaning => {
        if (!isWanted) return;
        // In the place of the search, so that the way back does not lead here again.
        if (meaning.is === "block") location.replace(`#/blocks/${meaning.place}`);
        else if (meaning.is === "account") location.replace(`#/accounts/${meaning.address}`);
        else setFound({of: detail, meaning});
      },
      error => isWanted && setFound({of: detail, failure: failureText(error)}),
    );
    return () => {
      isWanted = false;
    };
  }, [detail]);
  return (
    <>
      <h1 class="hidden">Search</h1>
      {found?.of === detail ? <Shown {...found} /> : <p class="soft">Searching …</p>}
    </>
  );
}

function Shown({meaning, failure}: {meaning?: Meaning; failure?: string}) {
  if (meaning === undefined) return <p class="note bad">Not searched: {failure}</p>;
  switch (meaning.is) {
    case "text":
      return (
        <HappeningsPanel
          title={`Events with “${meaning.text}”`}
          wanted={{text: meaning.text}}
          none="No event in these blocks has these words. A block has a number, a block or a transaction a hash, an account an address or a name such as Alice."
        />
      );
    case "transaction":
      return <FoundTransactionPanel hash={meaning.hash} found={meaning.found} />;
    case "nothing":
      return <p class="note">{meaning.why}</p>;
    default:
      return null;
  }
}
