// All topics.
import "@/app/lists.css";
import { metadataFor } from "@/app/metadata";
import { page } from "@/app/outcome";
import { TopicsPage } from "@/components/article/topics-page";
import { readTopics } from "@/lib/services/read-topics";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

export function generateMetadata() {
  return metadataFor(publicContext(), { title: "Topics", description: "Everything here, by topic.", path: "/topics" });
}

export default page(async () => {
  const topics = await readTopics(publicContext());
  storable([keys.topics]);
  return <TopicsPage topics={topics} />;
});
