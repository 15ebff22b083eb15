// The articles of one topic.
import "@/app/lists.css";
import { cache } from "react";
import { z } from "zod";
import { metadataFor, metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { TopicPage } from "@/components/article/topics-page";
import { readTopic } from "@/lib/services/read-topics";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const query = z.object({ before: z.string().optional().catch(undefined) });

const read = cache((slug: string, before: string | undefined) => readTopic(publicContext(), { slug, before }));

export async function generateMetadata({ params, searchParams }: Props) {
  const { slug } = await params;
  const { before } = query.parse(await searchParams);
  return metadataOrNone(async () => {
    const { topic } = await read(slug, before);
    return metadataFor(publicContext(), {
      title: topic.name,
      description: topic.description,
      path: `/topics/${topic.slug}${before ? `?before=${encodeURIComponent(before)}` : ""}`,
      feeds: { atom: `/topics/${topic.slug}/feed.xml` },
      unlisted: before !== undefined,
    });
  });
}

export default page(async ({ params, searchParams }: Props) => {
  const { slug } = await params;
  const { before } = query.parse(await searchParams);
  const { topic, articles } = await read(slug, before);
  storable([keys.topic(topic.slug), ...articles.items.map(({ id }) => keys.article(id))], ["before"]);
  return <TopicPage topic={topic} articles={articles} />;
});
