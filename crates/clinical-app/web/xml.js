// The path of a place in an XML record, as the service writes it: local names, counted from one, the number left out
// where an element is the only one of its name among its siblings.

const OPEN = 0x3c, CLOSE = 0x3e, SLASH = 0x2f, BANG = 0x21, ASK = 0x3f, QUOTE = 0x22, TICK = 0x27, EQUALS = 0x3d;

const decoder = new TextDecoder();
const bytesOf = (text) => new TextEncoder().encode(text);
const ENDS = { comment: bytesOf("-->"), data: bytesOf("]]>"), instruction: bytesOf("?>") };

/** It tolerates what it does not understand: the worst that can happen is a path that stops early. */
export function xmlPathAt(bytes, target) {
  const root = { counts: new Map() };
  const open = [root];
  let found = null, i = 0;
  const reached = (attribute) => {
    found ??= { steps: open.slice(1), attribute };
  };
  while (i < bytes.length) {
    const at = bytes.indexOf(OPEN, i);
    if (at === -1) break;
    if (target < at) reached(null);
    const next = bytes[at + 1];
    if (next === BANG || next === ASK) {
      i = behind(bytes, at, next);
      continue;
    }
    const end = tagEnd(bytes, at);
    if (next === SLASH) {
      if (target < end) reached(null);
      if (open.length > 1) open.pop();
      i = end;
      continue;
    }
    const step = element(open[open.length - 1], nameAt(bytes, at + 1));
    open.push(step);
    if (target >= at && target < end) reached(attributeAt(bytes, at, target));
    if (bytes[end - 2] === SLASH) open.pop();
    i = end;
  }
  if (found === null) return "";
  const steps = found.steps.map(({ name, number, siblings }) => (siblings.get(name) > 1 ? `/${name}[${number}]` : `/${name}`));
  return steps.join("") + (found.attribute ? `/@${found.attribute}` : "");
}

/** Whether a range is one whole element or attribute: what a fact of an XML record stands in. */
export function isWhole(bytes, from, to) {
  if (bytes[from] === OPEN) return bytes[to - 1] === CLOSE;
  const quote = bytes[to - 1];
  const equals = bytes.subarray(from, to).indexOf(EQUALS);
  return equals > 0 && (quote === QUOTE || quote === TICK) && /^[\w.:-]+\s*$/.test(decoder.decode(bytes.subarray(from, from + equals)));
}

function element(parent, name) {
  const number = (parent.counts.get(name) ?? 0) + 1;
  parent.counts.set(name, number);
  return { name, number, siblings: parent.counts, counts: new Map() };
}

/** The byte behind a comment, a text as it stands, or an instruction. */
function behind(bytes, at, next) {
  const is = (text) => decoder.decode(bytes.subarray(at + 2, at + 2 + text.length)) === text;
  if (next === ASK) return after(bytes, at, ENDS.instruction);
  if (is("--")) return after(bytes, at + 4, ENDS.comment);
  return is("[CDATA[") ? after(bytes, at, ENDS.data) : tagEnd(bytes, at);
}

function after(bytes, from, end) {
  for (let at = bytes.indexOf(end[0], from); at !== -1; at = bytes.indexOf(end[0], at + 1)) {
    if (end.every((byte, i) => bytes[at + i] === byte)) return at + end.length;
  }
  return bytes.length;
}

/** The byte behind a tag; a bracket inside a value does not end it. */
function tagEnd(bytes, at) {
  let quote = 0;
  for (let i = at + 1; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === QUOTE || byte === TICK) {
      quote = byte;
    } else if (byte === CLOSE) {
      return i + 1;
    }
  }
  return bytes.length;
}

const isNameEnd = (byte) => byte === undefined || byte <= 0x20 || byte === SLASH || byte === CLOSE || byte === EQUALS;

function nameAt(bytes, from) {
  let to = from;
  while (!isNameEnd(bytes[to])) to += 1;
  const name = decoder.decode(bytes.subarray(from, to));
  return name.slice(name.indexOf(":") + 1);
}

/** The attribute that a byte inside a tag begins or belongs to; nothing for the tag itself. */
function attributeAt(bytes, at, target) {
  let i = at + 1, name = null, quote = 0;
  while (!isNameEnd(bytes[i])) i += 1;
  for (; i <= target; i += 1) {
    const byte = bytes[i];
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === QUOTE || byte === TICK) {
      quote = byte;
    } else if (!isNameEnd(byte) && isNameEnd(bytes[i - 1]) && bytes[i - 1] !== EQUALS) {
      name = nameAt(bytes, i);
    }
  }
  return target > at ? name : null;
}
