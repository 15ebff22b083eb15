// One person as moderators know them, and what can be laid on them.
import { liftSanction, limit, sanction } from "@/app/(personal)/desk/moderation/people/[who]/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { DeskPage } from "@/components/desk/desk-page";
import { ModeratedPerson } from "@/components/moderation/moderated-person";
import { NetworkLimit } from "@/components/moderation/network-limit";
import { readModeratedPerson } from "@/lib/services/read-moderated-person";
import { readNetwork } from "@/lib/services/read-network";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "A person" };

const news = {
  NOTE: "Noted, for moderators alone.",
  WARN: "Warned. They cannot post before they have read it.",
  MUTE: "Muted. What they write is looked at first.",
  PREMODERATE: "From now on their comments are looked at first.",
  BAN: "Banned.",
  lifted: "Lifted.",
  network: "Done. It ends by itself.",
};

interface Props {
  params: Promise<{ who: string }>;
  searchParams: SearchParams;
}

export default page(async ({ params, searchParams }: Props) => {
  const key = decodeURIComponent((await params).who);
  const ctx = await onlyMembers(`/desk/moderation/people/${encodeURIComponent(key)}`);
  const { person, about, may } = await readModeratedPerson(ctx, { key });
  const network = "visitorId" in about ? await readNetwork(ctx, about) : null;
  return (
    <DeskPage
      actor={ctx.actor}
      title={person.name ?? `Guest ${"visitorId" in about ? about.visitorId : ""}`}
      path="/desk/moderation"
      news={await newsOf(searchParams, news)}
      wide
    >
      <ModeratedPerson
        person={person}
        about={"visitorId" in about ? `visitor-${about.visitorId}` : `member-${about.userId}`}
        may={may}
        now={ctx.now}
        actions={{ sanction, lift: liftSanction }}
        state={formStateOf("sanction")}
        liftState={formStateOf("lift")}
      >
        {network && (
          <NetworkLimit
            network={network}
            who={person.key}
            actions={{ limit, lift: liftSanction }}
            state={formStateOf("network")}
          />
        )}
      </ModeratedPerson>
    </DeskPage>
  );
});
