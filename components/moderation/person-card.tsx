// A person's history beside what they wrote: what became of their comments, notes, sanctions, the last of what they said. Never an address.
import { Day } from "@/components/ui/day";
import type { LastComment, PersonHistory, SanctionView } from "@/lib/domain/moderation-queue";
import { roleLabels } from "@/lib/ui/labels";
import { countsWords, sanctionLabels, statusLabels } from "@/lib/ui/moderation-words";

/** The address of a person's page on the desk. */
export function personPath(key: string): string {
  return `/desk/moderation/people/${key}`;
}

/** "Muted until 3 Dec 2026: …" */
export function SanctionLine({ sanction }: { sanction: SanctionView }) {
  const { kind, reason, actorName, createdAt, endsAt, liftedAt, acknowledgedAt } = sanction;
  return (
    <>
      <span className="sanction-kind">{sanctionLabels[kind]}</span>
      {endsAt && (
        <>
          {" until "}
          <Day date={endsAt} exact />
        </>
      )}
      {": "}
      <bdi>{reason}</bdi>{" "}
      <span className="house">
        {actorName ?? "The site"}, <Day date={createdAt} exact />
        {liftedAt && ", lifted"}
        {acknowledgedAt && ", read"}
      </span>
    </>
  );
}

export function LastComments({ comments }: { comments: readonly LastComment[] }) {
  return (
    <ul className="last-comments plain-list">
      {comments.map(({ id, status, text, createdAt }) => (
        <li key={id} data-status={status}>
          <a href={`/desk/moderation?item=${id}`}>
            <Day date={createdAt} />
          </a>{" "}
          {status !== "PUBLISHED" && <span className="status-mark">{statusLabels[status]}</span>}{" "}
          <span dir="auto">{text}</span>
        </li>
      ))}
    </ul>
  );
}

export function PersonCard({ person, name }: { person: PersonHistory; name: string }) {
  const { counts, sanctions, last } = person;
  const shown = sanctions.filter(({ liftedAt }) => liftedAt === null).slice(0, 5);
  return (
    <section className="person-card" aria-label={`About ${name}`}>
      <p>
        <a href={personPath(person.key)}>
          <bdi>{person.name ?? name}</bdi>
        </a>{" "}
        <span className="house">
          {person.handle ? `@${person.handle}` : "guest"}
          {person.roles.map((role) => `, ${roleLabels[role]}`)}, since <Day date={person.since} />
        </span>
      </p>
      <p className="house">Comments: {countsWords(counts)}.</p>
      {shown.length > 0 && (
        <ul className="plain-list sanction-lines">
          {shown.map((sanction) => (
            <li key={sanction.id}>
              <SanctionLine sanction={sanction} />
            </li>
          ))}
        </ul>
      )}
      {last.length > 1 && (
        <details>
          <summary>Last comments</summary>
          <LastComments comments={last} />
        </details>
      )}
    </section>
  );
}
