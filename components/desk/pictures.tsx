// Bringing a picture without a script, and the pictures that one has brought.
import type { FormAction } from "@/components/account/sheet";
import { FormNews } from "@/components/discussion/form-news";
import { Day } from "@/components/ui/day";
import { described, Field } from "@/components/ui/field";
import { limits } from "@/lib/domain/limits";
import { pictureMarkdown, type UploadedPicture } from "@/lib/domain/upload";
import type { FormState } from "@/lib/ui/form-state";

export function PictureForm({ action, state }: { action: FormAction; state?: FormState }) {
  const error = state?.errors ?? {};
  return (
    <section aria-labelledby="bring">
      <h2 id="bring">Bring a picture</h2>
      <form action={action} className="sheet" aria-labelledby="bring">
        <FormNews state={state} />
        <Field
          id="file"
          label="File"
          error={error.file}
          help={`JPEG, PNG, WebP or GIF, ${limits.pictureBytes / 1024 / 1024} MB at most. What the camera noted in it, such as the place, is taken out.`}
        >
          <input
            id="file"
            name="file"
            type="file"
            accept="image/jpeg,image/png,image/webp,image/gif"
            required
            {...described("file", { error: error.file, help: true })}
          />
        </Field>
        <Field
          id="alt"
          label="What it shows"
          error={error.alt}
          help="For whoever cannot see it. One sentence is enough: “A beekeeper lifts a frame out of a hive.”"
        >
          <input
            id="alt"
            name="alt"
            dir="auto"
            required
            autoComplete="off"
            defaultValue={state?.values.alt}
            {...described("alt", { error: error.alt, help: true })}
          />
        </Field>
        <p className="buttons">
          <button type="submit">Keep it</button>
        </p>
      </form>
    </section>
  );
}

interface OwnPicture extends UploadedPicture {
  removedOn: Date | null;
}

export function OwnPictures({ pictures }: { pictures: readonly OwnPicture[] }) {
  if (pictures.length === 0) return <p className="empty">You have brought no pictures yet.</p>;
  return (
    <section aria-labelledby="own-pictures">
      <h2 id="own-pictures">Yours</h2>
      <ul className="plain-list own-pictures">
        {pictures.map((picture) => (
          <li key={picture.id} id={`picture-${picture.id}`}>
            <a href={`/u/${picture.id}`}>
              {/* biome-ignore lint/performance/noImgElement: kept at the right widths already */}
              <img
                src={`/u/${picture.id}`}
                alt={picture.alt}
                width={picture.width}
                height={picture.height}
                loading="lazy"
              />
            </a>
            <p className="house">
              <Day date={picture.createdAt} />, {picture.width} × {picture.height}
            </p>
            {picture.removedOn && (
              <p className="house">
                In no text. Removed on <Day date={picture.removedOn} /> unless one uses it.
              </p>
            )}
            <label>
              <span className="visually-hidden">Markdown of this picture</span>
              <input readOnly value={pictureMarkdown(picture)} className="picture-line" />
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FaultyPicture {
  id: string;
  alt: string;
  fault: "missing" | "altered";
  since: Date;
  uploader: string | null;
}

const faultWords = { missing: "Its file is missing", altered: "Its file was altered and set aside" };

/** For editors: what readers see a placeholder for. Nothing when all is well. */
export function FaultyPictures({ pictures }: { pictures: readonly FaultyPicture[] }) {
  if (pictures.length === 0) return null;
  return (
    <section aria-labelledby="faulty-pictures">
      <h2 id="faulty-pictures">Lost pictures</h2>
      <p>
        Readers see a grey field instead. Whoever runs the site can put the files back from a backup; each picture is
        there again with its file.
      </p>
      <ul className="rows plain-list">
        {pictures.map(({ id, alt, fault, since, uploader }) => (
          <li key={id}>
            <p className="row-name">
              <a href={`/u/${id}`} dir="auto">
                {alt || "Without a description"}
              </a>
            </p>
            <p className="house">
              {faultWords[fault]}, found on <Day date={since} exact />
              {uploader && (
                <>
                  , brought by <bdi>{uploader}</bdi>
                </>
              )}
              . <code>{`files/${id.slice(0, 2)}/${id}`}</code>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
