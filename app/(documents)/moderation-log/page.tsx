// The public moderation log.
import "@/app/moderation-log.css";
import { metadataFor } from "@/app/metadata";
import { page } from "@/app/outcome";
import { LogPage } from "@/components/moderation/log-page";
import { keys } from "@/lib/domain/page-keys";
import { logQuery } from "@/lib/domain/public-log";
import { readModerationLog } from "@/lib/services/read-moderation-log";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: Props) {
  const wish = logQuery.parse(await searchParams);
  return metadataFor(publicContext(), {
    title: "Moderation log",
    description: "Every decision about what can be read here, and why.",
    path: "/moderation-log",
    feeds: { atom: "/moderation-log.xml" },
    unlisted: Object.values(wish).some((part) => part !== undefined),
  });
}

export default page(async ({ searchParams }: Props) => {
  const wish = logQuery.parse(await searchParams);
  const { lines, older } = await readModerationLog(publicContext(), wish);
  // A title may change.
  const named = new Set(lines.flatMap((line) => (line.article ? [keys.article(line.article.id)] : [])));
  storable([keys.moderationLog, ...named], ["show", "article", "before"]);
  return <LogPage lines={lines} older={older} wish={wish} />;
});
