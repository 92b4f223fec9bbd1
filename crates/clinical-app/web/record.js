// The record as bytes: what it is, which line and path a place has, and what stands around it.
// The service gives places as byte ranges, so nothing here may count characters.

import { isWhole, xmlPathAt } from "/assets/xml.js";

const QUOTE = 0x22, BACKSLASH = 0x5c, COMMA = 0x2c, COLON = 0x3a;
const OPEN_OBJECT = 0x7b, CLOSE_OBJECT = 0x7d, OPEN_ARRAY = 0x5b, CLOSE_ARRAY = 0x5d, LINE_FEED = 0x0a;
const AROUND = 280, LINES = 5; // bytes and lines shown before and after, at most
const LONGEST = 2400; // bytes of a fact shown; attachments can be long

const decoder = new TextDecoder();

/** What a record looks like: `json`, `xml` or `note`. The service decides by the same signs. */
export function kindOf(bytes) {
  const start = decoder.decode(bytes.subarray(0, 4096)).trimStart();
  if (start.startsWith("<")) return "xml";
  // A list of JSON does not begin with a word; a note can ("[Dictated]").
  return start.startsWith("{") || (start.startsWith("[") && !/^\[\s*[A-Za-z]/.test(start)) ? "json" : "note";
}

/**
 * The ranges of a fact that lie in the record. In XML each must be one whole element or attribute. A place that is none
 * is not shown: a wrong one is worse than none.
 */
export function rangesOf(bytes, text) {
  const all = [...text.matchAll(/(\d+)-(\d+)/g)].map(([, from, to]) => [Number(from), Number(to)]);
  const inside = all.filter(([from, to]) => from <= to && to <= bytes.length);
  return kindOf(bytes) === "xml" ? inside.filter(([from, to]) => isWhole(bytes, from, to)) : inside;
}

/** Where a place is, for people: its line, and its path or which characters they are. */
export function told(bytes, start, end) {
  const kind = kindOf(bytes);
  const where = kind === "xml" ? xmlPathAt(bytes, start)
    : kind === "json" ? pathAt(bytes, start)
      : `characters ${points(bytes, 0, start)} to ${points(bytes, 0, end)}`;
  return { line: lineOf(bytes, start), where };
}

/** Code points between two bytes: the bytes that do not continue one. */
function points(bytes, from, to) {
  let count = 0;
  for (let i = from; i < to; i += 1) if ((bytes[i] & 0xc0) !== 0x80) count += 1;
  return count;
}

/** The text around the bytes `start..end`: before, inside and after. */
export function excerpt(bytes, start, end) {
  const shownEnd = boundary(bytes, Math.min(end, start + LONGEST));
  const from = excerptStart(bytes, start);
  const to = shownEnd < end ? shownEnd : excerptEnd(bytes, end);
  const [before, fact, after] = dedent([[from, start], [start, shownEnd], [shownEnd, to]].map(
    ([a, b]) => decoder.decode(bytes.subarray(a, b))), from === 0 || bytes[from - 1] === LINE_FEED);
  return { before, fact, after, cut: shownEnd < end, starts: from === 0, ends: to === bytes.length };
}

function lineOf(bytes, at) {
  let line = 1;
  for (let i = bytes.indexOf(LINE_FEED); i !== -1 && i < at; i = bytes.indexOf(LINE_FEED, i + 1)) line += 1;
  return line;
}

/** Moves back so that no character is cut in two. */
function boundary(bytes, at) {
  while (at > 0 && at < bytes.length && (bytes[at] & 0xc0) === 0x80) at -= 1;
  return at;
}

function excerptStart(bytes, at) {
  const far = Math.max(0, at - AROUND);
  let from = at;
  for (let lines = 0; lines <= LINES; lines += 1) {
    const line = from === 0 ? -1 : bytes.lastIndexOf(LINE_FEED, from - 1);
    if (line < far) break;
    from = line;
  }
  // Nothing but one long line: as much of it as fits.
  return from === at ? boundary(bytes, far) : from + 1;
}

function excerptEnd(bytes, at) {
  const far = Math.min(bytes.length, at + AROUND);
  let to = at;
  for (let lines = 0; lines <= LINES; lines += 1) {
    const line = bytes.indexOf(LINE_FEED, to + 1);
    if (line === -1 || line > far) break;
    to = line;
  }
  return to === at ? boundary(bytes, far) : to;
}

/** Deep records are indented further than a phone is wide: what all lines share goes. */
function dedent(parts, atLineStart) {
  const whole = (atLineStart ? "\n" : "") + parts.join("");
  const shared = Math.min(...[...whole.matchAll(/\n([ \t]*)(?=\S)/g)].map(([, indent]) => indent.length), 200);
  const shorter = (text) => text.replace(/\n[ \t]*/g, (indent) => "\n" + indent.slice(1 + shared));
  const [before, fact, after] = parts;
  return [atLineStart ? shorter("\n" + before).slice(1) : shorter(before), shorter(fact), shorter(after)];
}

/**
 * The path of the value at a byte, as in `Bundle.entry[3].resource.code.text`. It tolerates what it does not
 * understand: the worst that can happen is a path that stops early.
 */
export function pathAt(bytes, target) {
  const open = [];
  let root = "", roots = 0, found = null, i = 0;
  while (i < bytes.length) {
    const byte = bytes[i];
    const top = open[open.length - 1];
    if (found === null && i >= target && byte > 0x20 && byte !== COMMA && byte !== COLON) found = steps(open);
    if (found !== null && (root !== "" || open.length === 0)) break;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (open.length === 0) { root = ""; roots += 1; }
      open.push({ array: byte === OPEN_ARRAY, index: 0, key: null, naming: byte === OPEN_OBJECT });
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      open.pop();
    } else if (byte === COMMA && top) {
      if (top.array) top.index += 1; else top.naming = true;
    } else if (byte === COLON && top) {
      top.naming = false;
    } else if (byte === QUOTE) {
      const end = stringEnd(bytes, i);
      if (found === null && target > i && target < end && !(top && top.naming)) found = steps(open);
      if (top && !top.array && top.naming) top.key = decoder.decode(bytes.subarray(i + 1, end - 1));
      else if (open.length === 1 && top.key === "resourceType") root = decoder.decode(bytes.subarray(i + 1, end - 1));
      i = end;
      continue;
    }
    i += 1;
  }
  return (root || "record") + (found || "") + (roots > 1 ? ` (record ${roots} of the file)` : "");
}

function steps(open) {
  return open.map((step) => (step.array ? `[${step.index}]` : step.key === null ? "" : `.${step.key}`)).join("");
}

function stringEnd(bytes, at) {
  let i = at + 1;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, i);
    if (quote === -1) return bytes.length;
    let slashes = 0;
    while (bytes[quote - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    i = quote + 1;
  }
}
