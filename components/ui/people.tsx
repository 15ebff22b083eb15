// Names in a row: "Ada, Grace and Mary", each a link where the person has a page.
import { Fragment } from "react";
import type { PersonLink } from "@/lib/domain/article";

export function Person({ person }: { person: PersonLink }) {
  return person.handle ? (
    <a href={`/people/${person.handle}`} rel="author">
      <bdi>{person.name}</bdi>
    </a>
  ) : (
    <bdi>{person.name}</bdi>
  );
}

export function People({ people }: { people: readonly PersonLink[] }) {
  return people.map((person, index) => (
    <Fragment key={`${person.handle ?? ""} ${person.name}`}>
      {index > 0 && (index === people.length - 1 ? " and " : ", ")}
      <Person person={person} />
    </Fragment>
  ));
}
