// A draft for whoever has a link to it, without an account.
import { redirect } from "next/navigation";
import { leaveNote } from "@/app/(personal)/drafts/[token]/actions";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { AccountPage } from "@/components/account/account-page";
import { SharedDraftPage } from "@/components/desk/shared-draft";
import { isDomainError } from "@/lib/domain/errors";
import { readSharedDraft } from "@/lib/services/share-draft";
import { formStateOf } from "@/lib/web/form-state";
import { contextOf } from "@/lib/web/request";
import { answerStatus, keepAddressSecret, personal } from "@/lib/web/respond";

export const metadata = { title: "A draft", robots: { index: false, follow: false } };

const news = { noted: "Thank you. The writers see your note." };

interface Props {
  params: Promise<{ token: string }>;
  searchParams: SearchParams;
}

async function draftAt(token: string) {
  try {
    return await readSharedDraft(await contextOf(), { token });
  } catch (error) {
    if (isDomainError(error) && error.code === "not_found") return null;
    throw error;
  }
}

export default page(async ({ params, searchParams }: Props) => {
  personal();
  keepAddressSecret();
  const { token } = await params;
  const found = await draftAt(token);
  if (!found) {
    answerStatus(404);
    return <AccountPage title="This link has ended" lead="Ask whoever sent it to you for another one." />;
  }
  if ("published" in found) redirect(found.published);
  const state = formStateOf("guestNote");
  return (
    <SharedDraftPage
      draft={found.draft}
      token={token}
      action={leaveNote}
      state={state}
      news={state ? undefined : await newsOf(searchParams, news)}
    />
  );
});
