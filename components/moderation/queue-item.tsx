"use client";
// One item of the queue, open: why it is here, what it answers, the text, who complained, who wrote it, what was decided before.
import type { ReactNode, Ref } from "react";
import { PersonCard } from "@/components/moderation/person-card";
import { Day } from "@/components/ui/day";
import { Html } from "@/components/ui/safe-html";
import type { Answered, PersonHistory, QueueItem, ReportView } from "@/lib/domain/moderation-queue";
import { reportReasonLabels } from "@/lib/ui/labels";
import { ageWords, causeWords, decisionWords, statusLabels } from "@/lib/ui/moderation-words";

interface OpenItemProps {
  item: QueueItem;
  person: PersonHistory | undefined;
  now: Date;
  /** Another moderator who has it before them. */
  claimedBy: string | undefined;
  /** Why a verdict on it was refused. */
  refusal: string | undefined;
  heading: Ref<HTMLHeadingElement>;
  /** Where others of the same person, or alike, are found. */
  ways: { samePerson: string; alike: string };
  /** The verdicts. */
  children: ReactNode;
}

function Answers({ answers }: { answers: readonly Answered[] }) {
  if (answers.length === 0) return null;
  return (
    <ol className="answered plain-list" aria-label="In reply to">
      {answers.map(({ id, status, authorName, text }) => (
        <li key={id}>
          <a href={`/desk/moderation?item=${id}`}>
            <bdi>{authorName}</bdi>
          </a>
          {status !== "PUBLISHED" && <span className="status-mark"> {statusLabels[status]}</span>}:{" "}
          <span dir="auto">{text}</span>
        </li>
      ))}
    </ol>
  );
}

function Reports({ reports }: { reports: readonly ReportView[] }) {
  if (reports.length === 0) return null;
  return (
    <section aria-label="Reports">
      <h3>Reports</h3>
      <ul className="plain-list report-list">
        {reports.map((report) => (
          <li key={`${report.createdAt.getTime()} ${report.handle} ${report.note}`} data-state={report.state}>
            {reportReasonLabels[report.reason]}
            {report.note !== "" && (
              <>
                {": "}
                <q dir="auto">{report.note}</q>
              </>
            )}{" "}
            <span className="house">
              {report.handle ? `@${report.handle}` : "a guest"}, weight {report.weight.toFixed(1)},{" "}
              <Day date={report.createdAt} exact />
              {report.state === "UPHELD" && ", was right"}
              {report.state === "DISMISSED" && ", dismissed"}
              {report.earlierText && ", about an earlier text"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decisions({ item }: { item: QueueItem }) {
  if (item.decisions.length === 0) return null;
  return (
    <section aria-label="Before">
      <h3>Before</h3>
      <ul className="plain-list decision-list">
        {item.decisions.map((decision) => (
          <li key={`${decision.createdAt.getTime()} ${decision.kind}`}>
            {decisionWords(decision)}.{" "}
            <span className="house">
              <Day date={decision.createdAt} exact />
            </span>
            {decision.note !== "" && (
              <p className="private-note" dir="auto">
                {decision.note}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** From here on a score says something. */
const tellingScore = 0.5;

export function OpenItem(props: OpenItemProps) {
  const { item, person, now, claimedBy, refusal, heading, ways, children } = props;
  return (
    <article className="queue-item" aria-labelledby={`item-${item.id}`}>
      <header>
        <h2 id={`item-${item.id}`} ref={heading} tabIndex={-1}>
          <bdi>{item.authorName}</bdi>
          <span className="visually-hidden"> on {item.article.title}</span>
        </h2>
        <p className="house">
          on{" "}
          <a href={`/articles/${item.article.slug}`}>
            <bdi>{item.article.title}</bdi>
          </a>
          ,{" "}
          {item.status === "PUBLISHED" ? (
            <a href={`/comments/${item.id}`}>{ageWords(item.createdAt, now)} ago</a>
          ) : (
            `${ageWords(item.createdAt, now)} ago`
          )}
          {item.editedAt && ", edited"}
        </p>
        <p className="causes">
          {item.causes.map((cause) => (
            <span key={cause.kind} className="cause" data-kind={cause.kind}>
              {causeWords(cause)}
            </span>
          ))}
          {item.spamScore !== null && item.spamScore >= tellingScore && (
            <span className="cause">Spam score {Math.round(item.spamScore * 100)} of 100</span>
          )}
          {item.causes.length === 0 && <span className="cause">{statusLabels[item.status]}; nothing waits here</span>}
        </p>
        {claimedBy && (
          <p className="claimed">
            <bdi>{claimedBy}</bdi> has this before them.
          </p>
        )}
        {refusal && (
          <p className="refusal" role="alert">
            {refusal} <a href={`/desk/moderation?item=${item.id}`}>Look at it as it is now</a>
          </p>
        )}
      </header>
      <Answers answers={item.answers} />
      {item.editHtml !== null && <h3>The edit that waits</h3>}
      {item.editHtml !== null && <Html html={item.editHtml} className="prose judged-text" />}
      {item.editHtml !== null && <h3>As readers see it now</h3>}
      {item.html === "" ? (
        <p className="empty">Its author deleted this comment. Nobody can read it any more.</p>
      ) : (
        <Html html={item.html} className={item.editHtml === null ? "prose judged-text" : "prose earlier-text"} />
      )}
      <Reports reports={item.reports} />
      {children}
      {person && <PersonCard person={person} name={item.authorName} />}
      <p className="item-ways">
        <a href={ways.samePerson}>All that waits from this person</a>
        <a href={ways.alike}>Nearly the same text</a>
      </p>
      <Decisions item={item} />
    </article>
  );
}
