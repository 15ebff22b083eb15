// Names of people in a row, where nobody needs to be followed: "Ada, Grace and Mary".
import { People } from "@/components/ui/people";

export function Names({ names }: { names: readonly string[] }) {
  return <People people={names.map((name) => ({ name, handle: null }))} />;
}
