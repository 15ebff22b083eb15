// First of all, before anything is painted: the theme that this reader chose, so that no page flashes in another.
try {
  const theme = localStorage.getItem("colloquy-theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the theme of the system it is.
}
