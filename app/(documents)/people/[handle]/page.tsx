// A member's public page.
import "@/app/lists.css";
import { redirect } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { metadataFor, metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { PersonPage } from "@/components/person/person-page";
import { readPerson } from "@/lib/services/read-person";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ handle: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const query = z.object({ before: z.string().optional().catch(undefined) });

const read = cache((handle: string, before: string | undefined) => readPerson(publicContext(), { handle, before }));

export async function generateMetadata({ params, searchParams }: Props) {
  const { handle } = await params;
  const { before } = query.parse(await searchParams);
  return metadataOrNone(async () => {
    const person = await read(handle, before);
    if ("moved" in person) return {};
    return metadataFor(publicContext(), {
      title: person.displayName,
      description: `What ${person.displayName} wrote and said here.`,
      path: `/people/${person.handle}`,
      type: "profile",
      unlisted: before !== undefined,
    });
  });
}

export default page(async ({ params, searchParams }: Props) => {
  const { handle } = await params;
  const { before } = query.parse(await searchParams);
  const person = await read(handle, before);
  // For a season only: then somebody else may have it.
  if ("moved" in person) redirect(`/people/${person.moved}`);
  const listed = person.articles.items.map(({ id }) => keys.article(id));
  storable([keys.person(person.handle), keys.people, ...listed], ["before"]);
  return <PersonPage person={person} />;
});
