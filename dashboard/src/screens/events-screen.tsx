import {HappeningsPanel} from "../panels/happenings-panel.tsx";
import {goTo} from "../route.ts";
import type {ScreenProps} from "./index.ts";

/** What happened in the newest blocks, and in older ones. */
export function EventsScreen({detail}: ScreenProps) {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    goTo(`/events/${encodeURIComponent(String(form.get("words")).trim())}`);
  };
  return (
    <>
      <h1 class="hidden">Events</h1>
      <form class="row ends" onSubmit={onSubmit}>
        <label class="field">
          <span>Only those with these words, such as Transfer or Balances</span>
          <input
            key={detail}
            name="words"
            defaultValue={detail}
            autocomplete="off"
            spellcheck={false}
          />
        </label>
        <button type="submit">Filter</button>
        {detail !== "" && <a href="#/events">All</a>}
      </form>
      <HappeningsPanel
        title={detail === "" ? "Events" : `Events with “${detail}”`}
        wanted={{text: detail}}
        none={
          detail === ""
            ? "None in these blocks but that their extrinsics did what they should."
            : "None in these blocks has these words."
        }
      />
    </>
  );
}
