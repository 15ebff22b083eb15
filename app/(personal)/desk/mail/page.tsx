// The mail of the site, for the admin: whether it goes out, and what could not be sent.
import { workOn } from "@/app/(personal)/desk/mail/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { DeskPage } from "@/components/desk/desk-page";
import { MailList } from "@/components/desk/mail-list";
import { Moment } from "@/components/ui/day";
import { readDeskMail } from "@/lib/services/desk-mail";
import { countOf } from "@/lib/ui/labels";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Mail" };

const news = {
  retry: "They are tried again now. What cannot be sent comes back here.",
  drop: "Given up. Nobody was told.",
};

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const ctx = await onlyMembers("/desk/mail");
  const { parked, more, waiting, sent } = await readDeskMail(ctx);
  const told = await newsOf(searchParams, news);
  const lead = sent
    ? "Mail that the mail server did not take."
    : "No mail server is set up, so every mail becomes a file in the folder outbox of the site's data.";
  return (
    <DeskPage actor={ctx.actor} title="Mail" path="/desk/mail" lead={lead} news={told}>
      {waiting.since !== null && (
        <section className="mail-waiting" aria-labelledby="waiting-heading">
          <h2 id="waiting-heading">On its way</h2>
          <p>
            {countOf(waiting.count, "mail")}, the first asked for on <Moment date={waiting.since} />.
          </p>
          {waiting.reason && (
            <p className="mail-reason">
              The last try said: {waiting.reason} It is tried again by itself, for about sixteen hours.
            </p>
          )}
        </section>
      )}
      <section aria-labelledby="parked-heading">
        <h2 id="parked-heading">Could not be sent</h2>
        {parked.length === 0 ? (
          <p className="empty">Nothing. Every mail found its way, or is still on it.</p>
        ) : (
          <MailList mails={parked} more={more} work={workOn} state={formStateOf("mailWork")} />
        )}
      </section>
    </DeskPage>
  );
});
