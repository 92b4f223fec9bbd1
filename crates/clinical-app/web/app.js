// The page: takes a record, asks the service for the sheet, shows it, and the record beside it.

import { kindOf } from "/assets/record.js";
import * as source from "/assets/source.js";

const element = (id) => document.getElementById(id);
const [start, view, sheet, tools, status, alertBox, large] =
  ["start", "view", "sheet", "tools", "status", "alert", "large"].map(element);

const FORMATS = { "application/xml": "C-CDA", "text/plain": "note" };

let running = null; // the request under way

// --- a record comes in

element("file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) take(file);
});

element("paste").addEventListener("submit", (event) => {
  event.preventDefault();
  make(new TextEncoder().encode(element("text").value), "");
});

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    element("drop").classList.add("is-over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) element("drop").classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  element("drop").classList.remove("is-over");
  const [file] = event.dataTransfer.files;
  if (file) take(file);
});

async function take(file) {
  try {
    make(new Uint8Array(await file.arrayBuffer()), file.name);
  } catch {
    fail("The file could not be opened.");
  }
}

async function listSamples() {
  const list = element("samples");
  try {
    const samples = await (await fetch("/samples")).json();
    for (const { title, href, name, media } of samples) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "app-button";
      const format = document.createElement("small");
      format.textContent = FORMATS[media] ?? "FHIR";
      button.append(title, " ", format);
      button.dataset.sample = name;
      button.addEventListener("click", async () => {
        try {
          make(new Uint8Array(await (await fetch(href)).arrayBuffer()), "");
        } catch {
          fail("The sample could not be loaded.");
        }
      });
      const item = document.createElement("li");
      item.append(button);
      list.append(item);
    }
  } catch {
    list.textContent = "The samples could not be loaded.";
  }
}

// --- the sheet comes out

async function make(bytes, name) {
  running?.abort();
  const request = new AbortController();
  running = request;
  alertBox.textContent = "";
  status.textContent = "Making the sheet…";
  document.body.classList.add("is-busy");
  try {
    const reply = await fetch("/api/v1/summarize?format=html", {
      method: "POST",
      headers: { "Content-Type": media(bytes, name) },
      body: bytes,
      signal: request.signal,
    });
    const text = await reply.text();
    if (running !== request) return;
    if (!reply.ok) return fail(reason(text));
    show(text, bytes);
  } catch {
    if (running === request) fail("The server did not answer. It may be off, or the file may be too large for it.");
  } finally {
    if (running === request) {
      running = null;
      document.body.classList.remove("is-busy");
    }
  }
}

/** What the record is sent as. Its content decides, here and at the service; a name helps where it leaves that open. */
function media(bytes, name) {
  const kind = /\.txt$/i.test(name) ? "note" : kindOf(bytes);
  if (kind !== "json") return kind === "xml" ? "application/xml" : "text/plain";
  return isLines(bytes, name) ? "application/x-ndjson" : "application/json";
}

/** One JSON object a line: said by the name, or a whole object on the first line and another after it. */
function isLines(bytes, name) {
  if (/\.(ndjson|jsonl)$/i.test(name)) return true;
  const lines = new TextDecoder().decode(bytes.subarray(0, 1 << 20)).split("\n").filter((line) => line.trim());
  return lines.length > 1 && lines[0].startsWith('{"') && lines[0].trimEnd().endsWith("}") && lines[1].startsWith('{"');
}

/** What the service says in its OperationOutcome. */
function reason(text) {
  try {
    const [issue] = JSON.parse(text).issue;
    const where = issue.diagnostics && !issue.details.text.includes(issue.diagnostics) ? ` (${issue.diagnostics})` : "";
    return issue.details.text + where;
  } catch {
    return "The server gave an answer that this page does not understand.";
  }
}

function fail(sentence) {
  status.textContent = "";
  alertBox.textContent = sentence;
  alertBox.scrollIntoView({ block: "nearest" });
}

function show(html, bytes) {
  // Only the main part is parsed: the style sheet in the head is for a page that stands alone, ours comes by its link.
  const part = html.slice(html.indexOf("<main"), html.lastIndexOf("</main>") + "</main>".length);
  const main = new DOMParser().parseFromString(part, "text/html").querySelector("main");
  if (!main) return fail("The server gave an answer that this page does not understand.");
  clean(main);
  source.forget();
  sheet.replaceChildren(document.adoptNode(main));
  main.classList.toggle("large", large.getAttribute("aria-pressed") === "true");
  makeFactsReachable();
  start.hidden = true;
  view.hidden = tools.hidden = false;
  status.textContent = "The sheet is ready.";
  const heading = main.querySelector("h1, h2") || main;
  heading.tabIndex = -1;
  source.take(bytes);
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** The service escapes everything; should it ever fail to, nothing that acts gets past this point. */
function clean(main) {
  for (const bad of main.querySelectorAll("script,style,link,meta,base,iframe,object,embed,form,input,button")) {
    bad.remove();
  }
  for (const node of [main, ...main.querySelectorAll("*")]) {
    for (const { name, value } of [...node.attributes]) {
      const acts = name.startsWith("on") || name === "style" || name === "srcdoc";
      const leads = /^(xlink:)?(href|src|action)$/.test(name) && !/^(#|https?:|mailto:|tel:|data:image\/)/i.test(value);
      if (acts || leads) node.removeAttribute(name);
    }
  }
}

element("print").addEventListener("click", () => window.print());

large.addEventListener("click", () => {
  const on = large.getAttribute("aria-pressed") !== "true";
  large.setAttribute("aria-pressed", String(on));
  sheet.querySelector("main")?.classList.toggle("large", on);
});

element("again").addEventListener("click", () => {
  running?.abort();
  source.forget();
  sheet.replaceChildren();
  view.hidden = tools.hidden = true;
  start.hidden = false;
  status.textContent = alertBox.textContent = "";
  element("text").value = "";
  element("file").focus();
});

// --- where a fact stands

const facts = () => [...sheet.querySelectorAll("[data-at]")];

/** One stop of the Tab key for the whole sheet, arrow keys inside it: a sheet has hundreds of facts. */
function makeFactsReachable() {
  for (const fact of facts()) {
    // Cells, items and headings must stay what they are: the part to press goes inside them.
    if (fact instanceof HTMLElement && /^(TD|TH|LI|TR|DT|DD|P|DIV|H[1-6]|BLOCKQUOTE)$/.test(fact.tagName)) {
      const inner = document.createElement("span");
      inner.dataset.at = fact.dataset.at;
      fact.removeAttribute("data-at");
      inner.append(...fact.childNodes);
      fact.append(inner);
    }
  }
  facts().forEach((fact, at) => {
    fact.setAttribute("role", "button");
    fact.setAttribute("tabindex", at === 0 ? "0" : "-1");
    fact.setAttribute("aria-controls", "place");
  });
}

sheet.addEventListener("click", (event) => {
  const fact = event.target.closest("[data-at]");
  if (!fact || !(getSelection()?.isCollapsed ?? true)) return;
  reach(fact);
  source.open(fact);
});

sheet.addEventListener("keydown", (event) => {
  const fact = event.target.closest("[data-at]");
  if (!fact) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    reach(fact);
    source.open(fact);
    return;
  }
  const all = facts();
  const at = all.indexOf(fact);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  const next = all[to[event.key]];
  if (next) {
    event.preventDefault();
    reach(next);
    next.focus();
  }
});

// With the record beside the sheet, it follows whoever goes through the facts with the keyboard.
sheet.addEventListener("focusin", (event) => {
  const fact = event.target.closest("[data-at]");
  if (fact) source.follow(fact);
});

function reach(fact) {
  sheet.querySelector('[data-at][tabindex="0"]')?.setAttribute("tabindex", "-1");
  fact.setAttribute("tabindex", "0");
}

element("close").addEventListener("click", source.close);
element("record").addEventListener("click", source.toggle);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") source.close();
});

listSamples();
