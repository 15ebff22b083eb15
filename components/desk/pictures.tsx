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

export function OwnPictures({ pictures }: { pictures: readonly UploadedPicture[] }) {
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
