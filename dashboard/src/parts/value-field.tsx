import {
  chosen,
  type Draft,
  draftOf,
  emptyDraft,
  type FormField,
  type Shape,
  shapeOf,
} from "../call-form/index.ts";
import type {ChainRuntime} from "../chain/runtime.ts";
import {LineField} from "./line-field.tsx";

interface Filled {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly runtime: ChainRuntime;
}

interface ValueFieldProps extends Filled {
  readonly field: FormField;
}

/** A value of any type of the chain's, filled in. */
export function ValueField({field, ...filled}: ValueFieldProps) {
  const {label = "value", typeName} = field;
  return (
    <ShapeField shape={shapeOf(field, filled.runtime)} label={label} hint={typeName} {...filled} />
  );
}

interface ShapeFieldProps extends Filled {
  readonly shape: Shape;
  readonly label: string;
  /** What the runtime's source calls it. */
  readonly hint?: string | undefined;
}

function ShapeField(props: ShapeFieldProps) {
  const {shape, label, draft, onChange, runtime} = props;
  switch (shape.is) {
    case "nothing":
      return null;
    case "flag":
      return (
        <label>
          <input
            type="checkbox"
            checked={draft.kind === "flag" && draft.isOn}
            onChange={event => onChange({kind: "flag", isOn: event.currentTarget.checked})}
          />{" "}
          {label}
        </label>
      );
    case "parts":
      return (
        <Group label={label}>
          {shape.fields.map((field, i) => (
            <ValueField
              key={field.label ?? i}
              field={field}
              draft={partsOf(draft)[i] ?? emptyDraft(field, runtime)}
              runtime={runtime}
              onChange={part => onChange({kind: "parts", parts: partsOf(draft).with(i, part)})}
            />
          ))}
        </Group>
      );
    case "list":
      return <ListField {...props} item={shape.item} />;
    case "option":
      return (
        <Choice
          {...props}
          cases={["None", "Some"]}
          choose={name => optional(shape.inner, name, runtime)}
          within={() => shapeOf(shape.inner, runtime)}
        />
      );
    case "result":
      return (
        <Choice
          {...props}
          cases={["Ok", "Err"]}
          choose={name => ({
            kind: "choice",
            name,
            inner: emptyDraft(name === "Ok" ? shape.ok : shape.failed, runtime),
          })}
          within={name => shapeOf(name === "Ok" ? shape.ok : shape.failed, runtime)}
        />
      );
    case "choice":
      return (
        <Choice
          {...props}
          cases={shape.cases}
          choose={name => chosen(shape, name, runtime)}
          within={shape.within}
        />
      );
    default:
      return <LineField {...props} shape={shape} />;
  }
}

const partsOf = (draft: Draft): Draft[] => (draft.kind === "parts" ? [...draft.parts] : []);

const optional = (inner: FormField, name: string, runtime: ChainRuntime): Draft => ({
  kind: "choice",
  name,
  inner: name === "Some" ? emptyDraft(inner, runtime) : {kind: "nothing"},
});

function Group({label, children}: {label: string; children: preact.ComponentChildren}) {
  return (
    <fieldset class="cards">
      <legend>{label}</legend>
      {children}
    </fieldset>
  );
}

function ListField({label, draft, onChange, runtime, item}: ShapeFieldProps & {item: FormField}) {
  const parts = partsOf(draft);
  return (
    <Group label={`${label}, a list of ${parts.length}`}>
      {parts.map((part, i) => (
        <div key={i} class="cards">
          <ValueField
            field={{...item, label: String(i + 1)}}
            draft={part}
            runtime={runtime}
            onChange={changed => onChange({kind: "parts", parts: parts.with(i, changed)})}
          />
          <button
            type="button"
            class="quiet"
            onClick={() => onChange({kind: "parts", parts: parts.toSpliced(i, 1)})}
          >
            Remove {i + 1} of {label}
          </button>
        </div>
      ))}
      <button
        type="button"
        class="quiet"
        onClick={() => onChange({kind: "parts", parts: [...parts, emptyDraft(item, runtime)]})}
      >
        Add to {label}
      </button>
    </Group>
  );
}

interface ChoiceProps extends ShapeFieldProps {
  readonly cases: readonly string[];
  readonly choose: (name: string) => Draft;
  readonly within: (name: string) => Shape;
}

/** One of several cases, and what belongs to it. */
function Choice({label, hint, draft, onChange, runtime, cases, choose, within}: ChoiceProps) {
  const name = draft.kind === "choice" ? draft.name : undefined;
  const inner = name === undefined ? undefined : within(name);
  return (
    <>
      <label class="field">
        <span>
          {label} {hint !== undefined && <span class="mono">{hint}</span>}
        </span>
        <select value={name ?? ""} onChange={event => onChange(choose(event.currentTarget.value))}>
          {name === undefined && <option value="">choose one</option>}
          {cases.map(each => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      {inner !== undefined && inner.is !== "nothing" && name !== "None" && (
        <div class="within">
          <ShapeField
            shape={inner}
            label={
              inner.is === "choice"
                ? `${label}: ${name}`
                : inner.is === "parts"
                  ? name!
                  : `${label}, ${name}`
            }
            draft={draft.kind === "choice" ? draft.inner : draftOf(inner, runtime)}
            runtime={runtime}
            onChange={changed => onChange({kind: "choice", name, inner: changed})}
          />
        </div>
      )}
    </>
  );
}
