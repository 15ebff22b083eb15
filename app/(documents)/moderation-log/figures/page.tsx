// What moderation came to, year by year.
import "@/app/moderation-log.css";
import { metadataFor } from "@/app/metadata";
import { page } from "@/app/outcome";
import { FiguresPage } from "@/components/moderation/figures-page";
import { readModerationFigures } from "@/lib/services/read-moderation-log";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

export function generateMetadata() {
  return metadataFor(publicContext(), {
    title: "Moderation in figures",
    description: "Reports, removals, appeals and how long decisions took, year by year.",
    path: "/moderation-log/figures",
  });
}

export default page(async () => {
  const { years, countedAt } = await readModerationFigures(publicContext());
  // Counted every minute; drawn anew when that gives other figures.
  storable([keys.figures]);
  return <FiguresPage years={years} countedAt={countedAt} />;
});
