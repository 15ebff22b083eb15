// What a text changes besides its words: a line for each detail, what goes and what comes.
import { Words } from "@/components/article/difference";
import type { ChangedDetail } from "@/lib/domain/changed-details";

export function ChangedDetails({ details }: { details: readonly ChangedDetail[] }) {
  if (details.length === 0) return null;
  return (
    <section aria-labelledby="details-changed" className="changed-details">
      <h2 id="details-changed">Details</h2>
      <dl>
        {details.map((detail) => (
          <div key={detail.name}>
            <dt>{detail.name}</dt>
            <dd>{detail.kind === "words" ? <Words pieces={detail.pieces} /> : <Things detail={detail} />}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Things({ detail }: { detail: { added: readonly string[]; removed: readonly string[] } }) {
  return (
    <ul className="plain-list difference">
      {detail.removed.map((thing) => (
        <li key={`- ${thing}`}>
          <del dir="auto">{thing}</del>
        </li>
      ))}
      {detail.added.map((thing) => (
        <li key={`+ ${thing}`}>
          <ins dir="auto">{thing}</ins>
        </li>
      ))}
    </ul>
  );
}
