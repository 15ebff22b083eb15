"use client";
// One key per verdict. They can be switched off, since some people's tools type by themselves; the same switch as for reading.
import { useCallback, useEffect, useRef, useState } from "react";

/** As `components/enhance/keys` has it. */
const storageKey = "colloquy-keys";

function areOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true;
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("textarea, select, [contenteditable]")) return true;
  const input = target.closest("input");
  return input !== null && input.type !== "checkbox" && input.type !== "radio";
}

/** @param press told the key; answers whether it means something */
export function useKeys(press: (key: string) => boolean): { on: boolean; switchKeys: (on: boolean) => void } {
  const [on, setOn] = useState(true);
  const latest = useRef(press);
  latest.current = press;

  useEffect(() => setOn(areOn()), []);
  useEffect(() => {
    if (!on) return;
    const handle = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
      // A key that is held down decides once, and goes on as long as it is held.
      if (event.repeat && event.key !== "j" && event.key !== "k") return;
      if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", handle);
    return () => document.removeEventListener("keydown", handle);
  }, [on]);

  const switchKeys = useCallback((wanted: boolean) => {
    setOn(wanted);
    try {
      if (wanted) localStorage.removeItem(storageKey);
      else localStorage.setItem(storageKey, "off");
    } catch {
      // Without storage the switch holds for this page.
    }
  }, []);

  return { on, switchKeys };
}
