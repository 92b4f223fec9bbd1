// The record beside the sheet: as a whole where it is short, else what stands around a fact.

import { excerpt, rangesOf, told } from "/assets/record.js";

const WHOLE = 256 * 1024; // bytes of a record that is shown as a whole, at most
const LONG_LINE = 2000; // a record with such lines has no line breaks to speak of: what stands around a fact says more

const element = (id) => document.getElementById(id);
const [panel, found, title, button] = ["place", "found", "place-title", "record"].map(element);
const isWide = () => matchMedia("(min-width: 64rem)").matches;
const decoder = new TextDecoder();

let record = null; // the bytes that were sent
let isShort = false; // the record is shown as a whole
let opened = null; // the fact whose place is shown

/** A record has come. On a wide screen it stands beside its sheet at once. */
export function take(bytes) {
  record = bytes;
  isShort = bytes.length <= WHOLE && !decoder.decode(bytes).split("\n").some((line) => line.length > LONG_LINE);
  opened = null;
  fill([]);
  found.scrollTop = 0;
  if (isWide()) show(true);
}

/** The record has gone. */
export function forget() {
  show(false);
  mark(null);
  record = null;
  found.replaceChildren();
}

/** Shows where a fact stands, and goes there. */
export function open(fact) {
  if (!point(fact)) return;
  title.focus({ preventScroll: true });
}

/** Shows where a fact stands, if the record is there to see. Who reads on the sheet stays there. */
export function follow(fact) {
  if (!panel.hidden && fact !== opened) point(fact);
}

/** Takes the record away, and goes back to the fact. */
export function close() {
  if (panel.hidden) return;
  const fact = opened;
  show(false);
  mark(null);
  if (fact?.isConnected) fact.focus({ preventScroll: true });
}

/** The button: shows the record, or takes it away. */
export function toggle() {
  if (panel.hidden) {
    show(true);
    title.focus({ preventScroll: true });
  } else {
    show(false);
    mark(null);
  }
}

function show(is) {
  panel.hidden = !is;
  button.setAttribute("aria-expanded", String(is));
  document.body.classList.toggle("has-place", is);
}

function mark(fact) {
  opened?.classList.remove("is-open");
  opened = fact;
  fact?.classList.add("is-open");
}

function point(fact) {
  const ranges = record ? rangesOf(record, fact.dataset.at) : [];
  if (ranges.length === 0) return false;
  mark(fact);
  fill(ranges);
  show(true);
  found.querySelector("mark")?.scrollIntoView({ block: "center" });
  fact.scrollIntoView({ block: "nearest" });
  return true;
}

/** Fills the panel: where the places are, and the text with them marked. */
function fill(ranges) {
  const places = ranges.map(([from, to]) => where(told(record, from, to)));
  if (isShort) {
    found.replaceChildren(above(places), whole(ranges));
  } else if (ranges.length === 0) {
    found.replaceChildren(note("The record is long. Select a fact of the sheet to see where it stands."));
  } else {
    found.replaceChildren(...ranges.flatMap(([from, to], at) => [places[at], around(excerpt(record, from, to))]));
  }
}

/** Where the places are, above a text that scrolls. */
function above(places) {
  const group = document.createElement("div");
  group.className = "app-above";
  group.append(...places);
  return group;
}

function note(text) {
  const line = document.createElement("p");
  line.className = "app-place-note";
  line.textContent = text;
  return line;
}

function where({ line, where }) {
  const place = document.createElement("p");
  place.className = "app-path";
  const code = document.createElement("code");
  // A path is one long word; it may break after each dot or slash.
  code.append(...where.split(/(?<=[./])/).flatMap((part) => [part, document.createElement("wbr")]));
  place.append(`Line ${line} · `, code);
  return place;
}

function whole(ranges) {
  const text = document.createElement("pre");
  let at = 0;
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    if (from < at) continue;
    text.append(decoder.decode(record.subarray(at, from)), marked(decoder.decode(record.subarray(from, to))));
    at = to;
  }
  text.append(decoder.decode(record.subarray(at)));
  return text;
}

function around({ before, fact, after, cut, starts, ends }) {
  const text = document.createElement("pre");
  text.append(starts ? "" : "…\n", before, marked(fact), cut ? " … (it goes on)" : after, ends || cut ? "" : "\n…");
  return text;
}

function marked(text) {
  const part = document.createElement("mark");
  part.textContent = text;
  return part;
}
