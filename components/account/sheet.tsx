// A form about oneself: what the last try has to say, the fields, one green button.
import type { ReactNode } from "react";
import { FormNews } from "@/components/discussion/form-news";
import type { FormState } from "@/lib/ui/form-state";

export type FormAction = (form: FormData) => Promise<void>;

interface SheetProps {
  /** What the form does, for those who hear it. */
  label: string;
  action: FormAction;
  state?: FormState;
  /** The word on the button. */
  button: string;
  /** The button does something that is hard to take back. */
  danger?: boolean;
  /** Other buttons. */
  more?: ReactNode;
  id?: string;
  children?: ReactNode;
}

export function Sheet({ label, action, state, button, danger, more, id, children }: SheetProps) {
  return (
    <form id={id} className="sheet" action={action} aria-label={label}>
      <FormNews state={state} />
      {children}
      <p className="buttons">
        <button type="submit" className={danger ? "danger" : undefined}>
          {button}
        </button>
        {more}
      </p>
    </form>
  );
}

/** A form that is one button. */
export function ButtonForm({ label, action, button, danger, children }: Omit<SheetProps, "state" | "more" | "id">) {
  return (
    <form action={action} aria-label={label}>
      {children}
      <button type="submit" className={danger ? "danger" : "quiet"}>
        {button}
      </button>
    </form>
  );
}
