// Where a log-in through another service ends that let nobody in.
import { page } from "@/app/outcome";
import { RefusedPage } from "@/components/site/refused-page";
import { sentence } from "@/lib/ui/labels";
import { authRefusalOf, statusOfRefusal } from "@/lib/web/auth-refusals";
import { contextOf } from "@/lib/web/request";
import { answerStatus, personal } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

export const metadata = { title: "Not logged in", robots: { index: false } };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default page(async ({ searchParams }: Props) => {
  const why = authRefusalOf((await searchParams).why) ?? "provider.failed";
  const { actor } = await contextOf();
  personal();
  answerStatus(statusOfRefusal(why));
  return <RefusedPage why={sentence(why)} memberAlready={actor.kind === "member"} />;
});
