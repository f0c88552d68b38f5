import {Address, Hash} from "./names.tsx";

interface Voter {
  readonly key: string;
  readonly account: string | null;
}

/** Voters by the names of who registered their keys; a key that nobody has now stands for itself. */
export function Voters({of}: {of: readonly Voter[]}) {
  return (
    <>
      {of.map(({key, account}, i) => (
        <span key={key}>
          {i > 0 && ", "}
          {account === null ? <Hash of={key} ends={4} /> : <Address of={account} ends={4} />}
        </span>
      ))}
    </>
  );
}
