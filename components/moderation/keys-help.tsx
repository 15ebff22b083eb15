"use client";
// The list of keys, with the switch that turns them off.
import { useEffect, useRef } from "react";
import { queueKeys } from "@/lib/ui/moderation-words";

interface KeysHelpProps {
  open: boolean;
  onClose: () => void;
  on: boolean;
  onSwitch: (on: boolean) => void;
}

export function KeysHelp({ open, onClose, on, onSwitch }: KeysHelpProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  if (!open) return null;
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="keys-heading">
      <h2 id="keys-heading">Keys</h2>
      <dl className="keys">
        {queueKeys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label className="choice">
        <input type="checkbox" checked={on} onChange={(event) => onSwitch(event.currentTarget.checked)} />
        Single keys do this
      </label>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
