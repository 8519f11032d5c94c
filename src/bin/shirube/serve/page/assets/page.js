// The page beyond its forms: it asks without leaving, takes dropped files, copies, keeps a
// history in this browser, and tells whether a remedy helped. Without it the forms work all the same.
"use strict";

const element = (id) => document.getElementById(id);
const words = document.body.dataset;
const form = element("ask");
const answer = element("answer");

// The server's own HTML is the only HTML that is ever put into the page.
const policy = window.trustedTypes?.createPolicy("shirube", { createHTML: (html) => html })
  ?? { createHTML: (html) => html };

const storage = {
  get(key) {
    try { return localStorage.getItem(`shirube.${key}`); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`shirube.${key}`, value); } catch { /* Without storage nothing is kept. */ }
  },
  /** What was left by another page of this tab, once. */
  take(key) {
    try {
      const value = sessionStorage.getItem(`shirube.${key}`);
      sessionStorage.removeItem(`shirube.${key}`);
      return value;
    } catch { return null; }
  },
  remove(key) {
    try { localStorage.removeItem(`shirube.${key}`); } catch { /* Nothing was kept. */ }
  },
};

// Messages

const say = (text) => { element("status").textContent = text; };

let fading = 0;
function toast(text) {
  const box = element("toast");
  box.textContent = text;
  box.classList.add("shown");
  say(text);
  clearTimeout(fading);
  fading = setTimeout(() => box.classList.remove("shown"), 2000);
}

const LONGEST_CODE = 24;

// Asking

let asking = null;

/**
 * Asks what stands in the form; `entry` is the history's, where it comes from there, `button` the one that was
 * pressed, whose value is asked along.
 */
async function ask(entry = null, button = null) {
  asking?.abort();
  const own = asking = new AbortController();
  answer.classList.add("working");
  form.setAttribute("aria-busy", "true");
  say(words.working);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, button),
      headers: { "x-shirube-part": "answer", accept: "application/problem+json" },
      signal: own.signal,
    });
    if (response.status === 401) return location.assign("/login");
    if (response.ok) {
      show(await response.text());
      remember(entry);
    } else {
      const problem = await response.json();
      fail(problem.title, problem.detail);
    }
  } catch (error) {
    if (error.name !== "AbortError") fail(words.failed, "");
  } finally {
    if (asking === own) {
      answer.classList.remove("working");
      form.removeAttribute("aria-busy");
    }
  }
}

function show(html) {
  place(html);
  const heading = element("answer-heading");
  if (!heading) return say("");
  say(heading.textContent);
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
  follow(1);
}

/** Puts an answer into the page: its title, its fields, what of it is for whoever has a script. */
function place(html) {
  answer.innerHTML = policy.createHTML(html);
  form.classList.add("asked");
  document.querySelector(".lead")?.classList.add("asked");
  element("needed").hidden = true;
  if (element("covers")) element("covers").hidden = true;
  prepare();
}

function prepare() {
  const title = answer.querySelector(".answer")?.dataset.title;
  document.title = title ? `${title} · Shirube` : "Shirube";
  for (const walk of answer.querySelectorAll(".walk")) walk.hidden = false;
  if (form?.dataset.note) for (const group of answer.querySelectorAll(".feedback")) {
    const note = document.createElement("input");
    note.maxLength = 200;
    note.placeholder = form.dataset.note;
    note.setAttribute("aria-label", form.dataset.note);
    group.prepend(note);
  }
  unbroken();
}

/** Keeps each code on one line; what is longer than a code may be broken. */
function unbroken() {
  for (const code of answer.querySelectorAll(":is(.passage, .cautions) code")) {
    if (code.textContent.length <= LONGEST_CODE && !code.closest("pre")) code.classList.add("code");
  }
}

// The state of this tab is kept for it: an article and back, or a reload, loses nothing. Who keeps no history keeps none of it.

const session = {
  get() {
    try { return JSON.parse(sessionStorage.getItem("shirube.shown")); } catch { return null; }
  },
  set(shown) {
    try { sessionStorage.setItem("shirube.shown", JSON.stringify(shown)); } catch { this.remove(); }
  },
  remove() {
    try { sessionStorage.removeItem("shirube.shown"); } catch { /* Nothing was kept. */ }
  },
};

function keep() {
  if (!form) return;
  if (!keeps() || !element("answer-heading")) return session.remove();
  session.set({
    html: answer.innerHTML,
    text: element("text").value,
    question: element("q").value,
    product: element("product").value,
    scroll: window.scrollY,
  });
}

function restore() {
  const way = performance.getEntriesByType("navigation")[0]?.type;
  const back = storage.take("back");
  if (!form || !keeps() || element("answer-heading") || !(way === "reload" || way === "back_forward" || back)) return;
  const shown = session.get();
  if (!shown) return;
  element("text").value = shown.text;
  element("q").value = shown.question;
  element("product").value = shown.product;
  place(shown.html);
  follow(1);
  window.scrollTo(0, shown.scroll);
}
window.addEventListener("pagehide", keep);

function fail(title, detail) {
  const box = document.createElement("section");
  box.className = "problem";
  box.setAttribute("role", "alert");
  const heading = document.createElement("h2");
  heading.textContent = title;
  const text = document.createElement("p");
  text.textContent = detail;
  box.append(heading, text);
  answer.replaceChildren(box);
  say("");
}

// More than the server takes is refused before anything is done with it: a box that holds it stands still for minutes.
const most = Number(form?.dataset.most);
/** Whether a text or files are too large, which is then said. */
function isTooLarge(text, files = []) {
  let size = text.length > most / 3 ? new Blob([text]).size : text.length;
  for (const file of files) size += file.size;
  const large = size > most;
  element("too-large").hidden = !large;
  if (large) say(element("too-large").textContent);
  return large;
}
element("text")?.addEventListener("paste", (event) => {
  if (isTooLarge(event.clipboardData.getData("text/plain"))) event.preventDefault();
});

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isTooLarge(element("text").value, element("file").files)) return;
  if (isFilled()) return ask(null, event.submitter);
  element("needed").hidden = false;
  say(words.empty);
  element("text").focus();
});

const isFilled = () => element("text").value.trim() || element("q").value.trim() || element("file").files.length;

// The other language is another page, which the browser goes to with the values of the form.
element("language-link").addEventListener("click", (event) => {
  if (!form || !isFilled()) return;
  event.preventDefault();
  form.action = event.currentTarget.dataset.answer;
  HTMLFormElement.prototype.submit.call(form);
});

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// Whoever reads the paper cannot unfold what is folded; a last resort is printed with its caution.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details.last-resort")) folded.open = true;
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  if (event.key === "/" && form && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    element("text").focus();
    element("text").select();
  }
});

// The paste is the log, and a question beside it says what of it is wanted.
for (const id of ["text", "q"]) element(id)?.addEventListener("input", () => { element("needed").hidden = true; });
element("file")?.addEventListener("change", (event) => {
  if (event.target.files.length === 0 || isTooLarge("", event.target.files)) return;
  element("text").value = "";
  ask();
});
for (const example of document.querySelectorAll("[data-example]")) {
  example.addEventListener("click", (event) => {
    event.preventDefault();
    element("q").value = example.value;
    ask();
  });
}

// Dropping

let depth = 0;
const dropping = (on) => document.body.classList.toggle("dropping", on);
if (form) {
  document.addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; dropping(true); });
  document.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) { depth = 0; dropping(false); } });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    dropping(false);
    const { files } = event.dataTransfer;
    const text = event.dataTransfer.getData("text/plain");
    if (isTooLarge(text, files)) return;
    if (files.length > 0) {
      element("text").value = "";
      element("file").files = files;
      ask();
    } else if (text) {
      element("text").value = text;
      ask();
    }
  });
}

// The incidents beside the paste

function mark(number) {
  for (const link of answer.querySelectorAll(".incident-list a")) {
    if (link.dataset.incident === String(number)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function follow(number) {
  const own = String(number);
  mark(number);
  seen.disconnect();
  for (const incident of answer.querySelectorAll(".incident")) seen.observe(incident);
  for (const mark of answer.querySelectorAll("mark")) mark.classList.toggle("current", mark.dataset.incident === own);
  let first = null;
  for (const line of answer.querySelectorAll(".line-found")) {
    const found = line.dataset.incidents.split(" ").includes(own);
    line.classList.toggle("line-current", found);
    if (found) first ??= line;
  }
  const box = first?.closest(".lines");
  if (box) box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

answer.addEventListener("click", (event) => {
  const link = event.target.closest(".incident-list a[data-incident]");
  const mark = event.target.closest("mark");
  if (link) {
    event.preventDefault();
    go(link.dataset.incident);
  } else if (mark && mark.dataset.incident !== "0") {
    go(mark.dataset.incident);
  } else if (event.target.closest("[data-copy]")) {
    copy(event.target.closest("[data-copy]").dataset.copy);
  } else if (event.target.closest("[data-helped]")) {
    tell(event.target.closest("[data-helped]"));
  }
});

// From an article back to the answer.
for (const link of document.querySelectorAll("[data-back]")) {
  link.addEventListener("click", () => {
    try { sessionStorage.setItem("shirube.back", "1"); } catch { /* Then the form is empty. */ }
  });
}

// A check flow is walked by filling in what it asks for: each answer, that nobody knows too, becomes a line of the paste,
// so that what is shown is always the answer to the text of the form.
function fill(line) {
  const text = element("text");
  text.value = `${text.value.trimEnd()}\n${line}\n`.trimStart();
  ask();
}

answer.addEventListener("click", (event) => {
  const button = event.target.closest(".walk button");
  if (!button) return;
  const walk = button.closest(".walk");
  if ("unknown" in button.dataset) {
    walk.querySelector(".unknown").textContent = words.unknown;
  } else if ("typed" in button.dataset) {
    const input = walk.querySelector("input");
    if (input.value.trim()) fill(`${walk.dataset.label}\t${input.value.trim()}`); else input.focus();
  } else {
    fill(button.dataset.line);
  }
});
answer.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(".walk input")) {
    event.preventDefault();
    event.target.closest(".walk").querySelector("[data-typed]").click();
  }
});

// The incidents of one severity

answer.addEventListener("click", (event) => {
  const button = event.target.closest(".severities button");
  if (!button) return;
  for (const other of button.parentElement.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
  const wanted = button.dataset.severity;
  for (const it of answer.querySelectorAll("li[data-severity], article[data-severity]")) {
    it.hidden = Boolean(wanted) && it.dataset.severity !== wanted;
  }
});

// The list follows what is read.
const seen = new IntersectionObserver((entries) => {
  const first = entries.filter((entry) => entry.isIntersecting)[0];
  const number = first?.target.id.match(/^incident-(\d+)$/)?.[1];
  if (number) mark(number);
}, { rootMargin: "-10% 0px -70% 0px" });

function go(number) {
  follow(number);
  const incident = element(`incident-${number}`);
  incident?.focus({ preventScroll: true });
  incident?.scrollIntoView({ block: "start" });
}

// Copying

async function copy(id) {
  const text = element(id).textContent;
  try {
    await navigator.clipboard.writeText(text);
    toast(words.copied);
  } catch {
    // Off this machine and without TLS there is no clipboard; the old way still works.
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "unseen";
    document.body.append(box);
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    toast(copied ? words.copied : words.notCopied);
  }
}

// Whether it helped

async function tell(button) {
  const article = button.closest("[data-article]").dataset.article;
  const signature = button.closest("[data-signature]").dataset.signature;
  const helped = button.dataset.helped === "true";
  const note = button.parentElement.querySelector("input")?.value.trim() || undefined;
  try {
    const response = await fetch("/v1/feedback", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ signature, article, helped, note }),
    });
    if (!response.ok) return toast((await response.json()).detail);
    for (const other of button.parentElement.children) other.setAttribute("aria-pressed", String(other === button));
    toast(words.thanks);
  } catch {
    toast(words.failed);
  }
}

// History: masked by the server, kept in this browser

const MOST_ENTRIES = 30;
const keeps = () => storage.get("history.off") === null;

function entries() {
  try {
    const kept = JSON.parse(storage.get("history") ?? "[]");
    return Array.isArray(kept) ? kept.filter((entry) => typeof entry?.text === "string") : [];
  } catch {
    return [];
  }
}

function remember(entry = null) {
  if (!keeps()) return;
  const text = entry?.text ?? element("masked-text")?.textContent.trimEnd() ?? "";
  const question = entry?.question ?? element("masked-question")?.textContent.trim() ?? "";
  if (!text && !question) return;
  const others = entries().filter((entry) => entry.text !== text || entry.question !== question);
  const title = element("masked-title")?.textContent.trim() ?? "";
  const product = element("product").value;
  const latest = { at: new Date().toISOString(), text, question, title, product };
  storage.set("history", JSON.stringify([latest, ...others].slice(0, MOST_ENTRIES)));
}

function list() {
  const items = entries().map((entry) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    const time = document.createElement("time");
    time.dateTime = entry.at;
    time.textContent = new Date(entry.at).toLocaleString(document.documentElement.lang);
    const said = entry.title || entry.question || entry.text;
    button.append(time, said.length > 120 ? `${said.slice(0, 120)}…` : said);
    button.addEventListener("click", () => {
      element("history").close();
      if (!form) return location.assign("/");
      element("text").value = entry.text;
      element("q").value = entry.question;
      element("product").value = entry.product ?? "";
      element("file").value = "";
      ask(entry);
    });
    item.append(button);
    return item;
  });
  if (items.length === 0) {
    const none = document.createElement("li");
    none.textContent = words.emptyHistory;
    items.push(none);
  }
  element("history-list").replaceChildren(...items);
  element("history-on").checked = keeps();
}

element("history-button").hidden = false;
element("history-button").addEventListener("click", () => { list(); element("history").showModal(); });
element("history-clear").addEventListener("click", () => { storage.remove("history"); list(); });
element("history-on").addEventListener("change", (event) => {
  if (event.target.checked) {
    storage.remove("history.off");
  } else {
    storage.set("history.off", "1");
    storage.remove("history");
    session.remove();
  }
  list();
});

// Light and dark

element("theme-button").hidden = false;
element("theme-button").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  storage.set("theme", root.dataset.theme);
});

if (element("answer-heading")) {
  prepare();
  follow(1);
  remember();
  // The answer to a form that the browser sent by itself; its address alone is an empty form, as the first page is.
  keep();
  if (location.pathname === "/answer") history.replaceState(null, "", "/");
} else {
  unbroken();
  restore();
}
