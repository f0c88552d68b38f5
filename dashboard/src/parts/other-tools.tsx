/** Links to this node in others' tools: nothing is asked of them before somebody follows one. */
export function OtherTools() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const node = encodeURIComponent(`${scheme}://${location.host}`);
  return (
    <footer>
      This node in other tools:{" "}
      <Outside to={`https://polkadot.js.org/apps/?rpc=${node}#/explorer`}>Polkadot.js Apps</Outside>
      {" · "}
      <Outside to={`https://dev.papi.how/explorer#networkId=custom&endpoint=${node}`}>
        PAPI console
      </Outside>
    </footer>
  );
}

function Outside({to, children}: {to: string; children: string}) {
  return (
    <a href={to} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}
