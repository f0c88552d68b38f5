import {FollowPanel} from "../panels/follow-panel.tsx";
import {FollowedPanel} from "../panels/followed-panel.tsx";
import {PoolPanel} from "../panels/pool-panel.tsx";

export function TransactionsScreen() {
  return (
    <>
      <h1 class="hidden">Transactions</h1>
      <FollowPanel />
      <FollowedPanel />
      <PoolPanel />
    </>
  );
}
