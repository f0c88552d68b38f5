import {LookUpPanel} from "../panels/look-up-panel.tsx";
import {RawKeyPanel} from "../panels/raw-key-panel.tsx";

export function StateScreen() {
  return (
    <>
      <h1 class="hidden">State</h1>
      <LookUpPanel />
      <RawKeyPanel />
    </>
  );
}
