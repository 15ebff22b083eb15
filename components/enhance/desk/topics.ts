// Topics that there are, suggested for the one that is being typed after the last comma. The browser compares the whole line, so what
// stands before goes in front of each suggestion.

export function suggestTopics(input: HTMLInputElement): void {
  const { list } = input;
  if (!list) return;
  const names = [...list.querySelectorAll("option")].map(({ value }) => value);
  const refresh = () => {
    const typed = input.value.slice(0, input.value.lastIndexOf(",") + 1);
    const taken = new Set(typed.split(",").map((name) => name.trim().toLowerCase()));
    const front = typed === "" ? "" : `${typed} `;
    const options = names
      .filter((name) => !taken.has(name.toLowerCase()))
      .map((name) => {
        const option = document.createElement("option");
        option.value = front + name;
        return option;
      });
    list.replaceChildren(...options);
  };
  input.addEventListener("input", refresh);
  refresh();
}
