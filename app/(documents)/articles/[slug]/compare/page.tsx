// Where the form of the history sends the two that were chosen: on to the page of their comparison, older one first.
import { redirect } from "next/navigation";
import { page } from "@/app/outcome";
import { revisionNumberIn } from "@/lib/domain/revision";

export const dynamic = "force-dynamic";
export const metadata = { title: "Compare", robots: { index: false } };

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default page(async ({ params, searchParams }: Props) => {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  const numbers = [revisionNumberIn(query.from), revisionNumberIn(query.to)];
  const [before, now] = numbers.filter((number) => number !== undefined).sort((a, b) => a - b);
  const address = `/articles/${encodeURIComponent(slug)}`;
  redirect(before === undefined || now === undefined ? `${address}/history` : `${address}/compare/${before}/${now}`);
});
