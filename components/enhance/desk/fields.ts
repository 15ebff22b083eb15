// A draft's fields as they stand in its form, each a text.
import { textOf } from "@/components/enhance/json";
import { limits } from "@/lib/domain/limits";

export const fieldNames = ["title", "slug", "topics", "summary", "body", "copyrightHolder", "licence"] as const;
export type FieldName = (typeof fieldNames)[number];
export type Fields = Record<FieldName, string>;

type Control = HTMLInputElement | HTMLTextAreaElement;

/** The control of this name. */
export function controlOf(form: HTMLFormElement, name: string): Control | null {
  const control = form.elements.namedItem(name);
  return control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement ? control : null;
}

/** What stands in the form. */
export function readFields(form: HTMLFormElement): Fields {
  return fieldsBy((name) => controlOf(form, name)?.value ?? "");
}

/** What the form was drawn with: somebody may have typed before the script came. */
export function drawnFields(form: HTMLFormElement): Fields {
  return fieldsBy((name) => controlOf(form, name)?.defaultValue ?? "");
}

function fieldsBy(value: (name: FieldName) => string): Fields {
  return {
    title: value("title"),
    slug: value("slug"),
    topics: value("topics"),
    summary: value("summary"),
    body: value("body"),
    copyrightHolder: value("copyrightHolder"),
    licence: value("licence"),
  };
}

/** The fields of an answer or of the browser's storage; those that it leaves out are left out. */
export function fieldsIn(record: Record<string, unknown>): Partial<Fields> {
  return Object.fromEntries(fieldNames.flatMap((name) => (name in record ? [[name, textOf(record[name])]] : [])));
}

export function sameFields(a: Fields, b: Fields): boolean {
  return fieldNames.every((name) => a[name] === b[name]);
}

/** How many characters a text has more than an article can have: the server would take none of it. */
export function charactersOver(body: string): number {
  // Cheap first: no text has more characters than units.
  return body.length <= limits.articleBody ? 0 : Math.max(0, [...body].length - limits.articleBody);
}
