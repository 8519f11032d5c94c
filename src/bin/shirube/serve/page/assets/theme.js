// Before the page is drawn, so that it does not flash in the other colours.
"use strict";
{
  let theme = null;
  try {
    theme = localStorage.getItem("shirube.theme");
  } catch {
    // Without storage the system's theme holds.
  }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}
