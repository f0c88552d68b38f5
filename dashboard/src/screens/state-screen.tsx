import {QueryPanel} from "../panels/query-panel.tsx";
import {RawKeyPanel} from "../panels/raw-key-panel.tsx";

export function StateScreen() {
  return (
    <>
      <h1 class="hidden">State</h1>
      <QueryPanel />
      <RawKeyPanel />
    </>
  );
}
