// The front page: what is new, what is talked about, what there is.
import "@/app/lists.css";
import { cache } from "react";
import { z } from "zod";
import { metadataFor, metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { FrontPage } from "@/components/site/front-page";
import { readFront } from "@/lib/services/read-front";
import { readSite } from "@/lib/services/read-site";
import { readTopics } from "@/lib/services/read-topics";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const query = z.object({ before: z.string().optional().catch(undefined) });

const read = cache(async (before: string | undefined) => {
  const ctx = publicContext();
  const [front, topics, site] = await Promise.all([readFront(ctx, { before }), readTopics(ctx), readSite(ctx)]);
  return { front, topics, site };
});

export async function generateMetadata({ searchParams }: Props) {
  const { before } = query.parse(await searchParams);
  return metadataOrNone(async () => {
    const { site } = await read(before);
    const described = await metadataFor(publicContext(), {
      title: before ? "Older articles" : site.name,
      description: site.tagline,
      path: before ? `/?before=${encodeURIComponent(before)}` : "/",
      feeds: { atom: "/feed.xml", json: "/feed.json" },
      unlisted: before !== undefined,
    });
    return before ? described : { ...described, title: { absolute: `${site.name}: ${site.tagline}` } };
  });
}

export default page(async ({ searchParams }: Props) => {
  const { before } = query.parse(await searchParams);
  const { front, topics, site } = await read(before);
  storable([keys.front, keys.topics], ["before"]);
  return <FrontPage front={front} topics={topics} tagline={site.tagline} continued={before !== undefined} />;
});
