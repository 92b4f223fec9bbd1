// The page of /docs: shows /openapi.json and sends requests. Every text goes in as text, never as markup.

const make = (name, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside.filter((part) => part !== undefined && part !== ''));
  return element;
};

// The little of Markdown that descriptions use: paragraphs, bold, code.
const words = (text) => {
  const parts = (line) => line.split(/(\*\*[^*]+\*\*|`[^`]+`)/).filter(Boolean).map((part) => {
    if (part.startsWith('**')) return make('strong', {}, part.slice(2, -2));
    if (part.startsWith('`')) return make('code', {}, part.slice(1, -1));
    return part;
  });
  return text.trim().split(/\n\s*\n/).map((line) => make('p', {}, ...parts(line)));
};

const named = (ref) => ref.split('/').pop();

const type = (schema) => {
  if (!schema) return 'anything';
  if (schema.$ref) return make('a', { href: `#shape-${named(schema.$ref)}` }, named(schema.$ref));
  if (schema.oneOf || schema.anyOf) {
    const all = schema.oneOf || schema.anyOf;
    const span = make('span');
    all.forEach((one, i) => span.append(i ? ' or ' : '', type(one)));
    return span;
  }
  if (schema.type === 'array') return make('span', {}, 'list of ', type(schema.items));
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(', ');
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  return schema.type || 'anything';
};

const table = (heads, rows) => make('table', { tabindex: '0' },
  make('thead', {}, make('tr', {}, ...heads.map((head) => make('th', { scope: 'col' }, head)))),
  make('tbody', {}, ...rows.map((row) => make('tr', {}, ...row.map((cell) => make('td', {}, cell ?? ''))))));

const field = (id, label, control) => {
  control.id = id;
  return [make('label', { for: id }, label), control];
};

const trial = (id, method, path, operation) => {
  const form = make('form');
  const inputs = (operation.parameters || []).map((parameter) => {
    const values = parameter.schema?.enum;
    const control = values ? make('select', {}, ...['', ...values].map((v) => make('option', { value: v }, v)))
      : make('input', {});
    if (parameter.in === 'path') control.value = parameter.example || '';
    form.append(...field(`${id}-${parameter.name}`, `${parameter.name} (${parameter.in})`, control));
    return [parameter, control];
  });
  const media = Object.entries(operation.requestBody?.content || {});
  const kind = make('select', {}, ...media.map(([name]) => make('option', { value: name }, name)));
  const body = make('textarea', { spellcheck: 'false' });
  const fill = () => {
    const example = media.find(([name]) => name === kind.value)?.[1].example;
    body.value = example === undefined ? '' : typeof example === 'string' ? example : JSON.stringify(example, null, 2);
  };
  if (media.length) {
    form.append(...field(`${id}-media`, 'Content-Type', kind), ...field(`${id}-body`, 'Body', body));
    kind.addEventListener('change', fill);
    kind.value = (media.find(([, content]) => content.example !== undefined) || media[0])[0];
    fill();
  }
  const accepts = Object.keys(operation.responses['200']?.content || {});
  const accept = make('select', {}, ...accepts.map((name) => make('option', { value: name }, name)));
  form.append(...field(`${id}-accept`, 'Accept', accept));
  const said = make('div', { role: 'status' });
  form.append(make('button', { type: 'submit' }, 'Send'), said);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    let address = path;
    const query = new URLSearchParams();
    const headers = { Accept: accept.value };
    for (const [parameter, control] of inputs) {
      if (!control.value) continue;
      if (parameter.in === 'path') address = address.replace(`{${parameter.name}}`, encodeURIComponent(control.value));
      else if (parameter.in === 'query') query.set(parameter.name, control.value);
      else headers[parameter.name] = control.value;
    }
    const token = document.getElementById('token').value.trim();
    if (token) headers.Authorization = `Bearer ${token}`;
    if (media.length) headers['Content-Type'] = kind.value;
    said.replaceChildren('…');
    try {
      const reply = await fetch(address + (query.size ? `?${query}` : ''),
        { method, headers, body: media.length ? body.value : undefined });
      const text = await reply.text();
      let shown = text;
      try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: as it is */ }
      const shownHeaders = [...reply.headers].filter(([name]) => /^(x-|retry-after|www-|allow)/.test(name))
        .map(([name, value]) => `${name}: ${value}`).join('\n');
      said.replaceChildren(make('p', {}, `${reply.status} ${reply.headers.get('content-type') || ''}`),
        make('pre', { tabindex: '0', 'aria-label': 'Headers' }, shownHeaders),
        make('pre', { tabindex: '0', 'aria-label': 'Reply' }, shown));
    } catch {
      said.replaceChildren(make('p', {}, 'The server could not be reached.'));
    }
  });
  return make('details', {}, make('summary', {}, 'Try it'), form);
};

const shown = (method, path, operation) => {
  const id = operation.operationId;
  const section = make('section', { id, 'aria-labelledby': `${id}-title` },
    make('h3', { id: `${id}-title` }, make('span', { class: 'method' }, method), path),
    make('p', {}, make('strong', {}, operation.summary)), ...words(operation.description || ''));
  if (operation.parameters?.length) {
    section.append(make('h4', {}, 'Parameters'), table(['name', 'where', 'needed', 'values', 'meaning'],
      operation.parameters.map((p) =>
        [make('code', {}, p.name), p.in, p.required ? 'yes' : 'no', type(p.schema), p.description])));
  }
  const media = Object.entries(operation.requestBody?.content || {});
  if (media.length) {
    section.append(make('h4', {}, 'Takes'),
      table(['Content-Type', 'shape'], media.map(([name, content]) => [make('code', {}, name), type(content.schema)])));
  }
  const replies = Object.entries(operation.responses).flatMap(([status, reply]) =>
    Object.entries(reply.content || {}).map(([name, content]) =>
      [status, make('code', {}, name), type(content.schema), reply.description]));
  if (media.some(([, content]) => content.example !== undefined)) {
    const [, content] = media.find(([, inner]) => inner.example !== undefined);
    section.append(make('h4', {}, 'For example'),
      make('pre', { tabindex: '0', 'aria-label': 'Example' }, JSON.stringify(content.example, null, 2)));
  }
  section.append(make('h4', {}, 'Gives'), table(['status', 'media type', 'shape', 'meaning'], replies),
    trial(id, method, path, operation));
  return section;
};

const shape = (name, schema) => {
  const section = make('section', { id: `shape-${name}` }, make('h3', {}, name), ...words(schema.description || ''));
  const required = new Set(schema.required || []);
  const rows = Object.entries(schema.properties || {}).map(([key, value]) =>
    [make('code', {}, key), type(value), required.has(key) ? 'yes' : 'no', value.description]);
  section.append(rows.length ? table(['member', 'type', 'always', 'meaning'], rows) : make('p', {}, type(schema)));
  for (const one of (schema.oneOf || schema.anyOf || []).filter((inner) => inner.properties)) {
    const members = Object.entries(one.properties).map(([key, value]) =>
      [make('code', {}, key), type(value), value.description]);
    section.append(make('p', {}, one.description || 'Either:'), table(['member', 'type', 'meaning'], members));
  }
  return section;
};

const reply = await fetch('/openapi.json');
const api = await reply.json();
document.getElementById('version').textContent = `version ${api.info.version}`;
document.getElementById('about').append(...words(api.info.description || ''));
const groups = new Map();
for (const [path, item] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    document.getElementById('operations').append(shown(method.toUpperCase(), path, operation));
    const tag = operation.tags?.[0] || 'other';
    if (!groups.has(tag)) groups.set(tag, []);
    groups.get(tag).push(make('li', {}, make('a', { href: `#${operation.operationId}` },
      make('span', { class: 'method' }, method.toUpperCase()), path)));
  }
}
for (const [tag, items] of groups) {
  document.getElementById('routes').append(make('h2', {}, tag), make('ul', {}, ...items));
}
for (const [name, schema] of Object.entries(api.components.schemas)) {
  document.getElementById('shapes').append(shape(name, schema));
}
