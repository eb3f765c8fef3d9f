/** What a template can show: texts by name, and maps of texts such as labels. */
export type TemplateValues = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** The names that a template may use: `message`, or `labels` for `{{ labels.team }}`. */
export interface TemplateNames {
  readonly texts: readonly string[];
  /** Maps with any keys. */
  readonly maps: readonly string[];
}

/** A parsed template. */
export interface Template {
  /** The variables that it uses, as written: `message`, `labels.team`. */
  readonly variables: readonly string[];
  /**
   * A line whose variables are all empty is left out, so that a line about something optional needs no condition.
   * Linear in the size of the result.
   */
  render(values: TemplateValues): string;
}

/** A variable, or plain text. */
type Part = { readonly text: string } | { readonly name: string; readonly key: string | undefined };

const VARIABLE = /^\s*([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?\s*$/;

/**
 * Parses a text with variables such as `{{ message }}` and `{{ labels.team }}`. There is nothing else to it: no
 * conditions, no loops, no functions.
 * @throws RangeError with the end of a sentence about the template
 */
export function parseTemplate(text: string): Template {
  const lines = text.split("\n").map(parseLine);
  const variables = lines.flat().flatMap((part) => ("name" in part ? [nameOf(part)] : []));
  return {
    variables: [...new Set(variables)],
    render: (values) => lines.flatMap((line) => rendered(line, values)).join("\n"),
  };
}

function nameOf({ name, key }: { readonly name: string; readonly key: string | undefined }): string {
  return key === undefined ? name : `${name}.${key}`;
}

function parseLine(line: string): readonly Part[] {
  const parts: Part[] = [];
  let rest = line;
  for (let open = rest.indexOf("{{"); open >= 0; open = rest.indexOf("{{")) {
    const close = rest.indexOf("}}", open);
    const inner = close < 0 ? rest.slice(open) : rest.slice(open + 2, close);
    const [, name, key] = (close < 0 ? undefined : VARIABLE.exec(inner)) ?? [];
    if (name === undefined) {
      throw new RangeError(`contains "{{${inner.replace(/^\{\{/, "")}"; write a variable as {{ name }}`);
    }
    if (open > 0) parts.push({ text: rest.slice(0, open) });
    parts.push({ name, key });
    rest = rest.slice(close + 2);
  }
  if (rest !== "") parts.push({ text: rest });
  return parts;
}

/** The line; nothing if it has variables and all are empty. */
function rendered(line: readonly Part[], values: TemplateValues): string[] {
  let isEmpty = line.some((part) => "name" in part);
  const text = line
    .map((part) => {
      if ("text" in part) return part.text;
      const value = shown(part.name, part.key, values);
      if (value !== "") isEmpty = false;
      return value;
    })
    .join("");
  return isEmpty ? [] : [text];
}

function shown(name: string, key: string | undefined, values: TemplateValues): string {
  const value = Object.hasOwn(values, name) ? values[name]! : "";
  if (key === undefined) return typeof value === "string" ? value : "";
  return typeof value === "object" && Object.hasOwn(value, key) ? value[key]! : "";
}

/** The variables of a template that will always be empty: unknown names, and maps without a key. */
export function unknownVariables({ variables }: Template, { texts, maps }: TemplateNames): string[] {
  return variables.filter((variable) => {
    const [name = "", key] = variable.split(".");
    return key === undefined ? !texts.includes(name) : !maps.includes(name);
  });
}
