"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const kind = at("kind"), label = at("label"), system = at("system"), find = at("find"), list = at("list"), sides = at("sides");
  const make = (tag, text, set = {}) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    for (const [key, value] of Object.entries(set)) node.setAttribute(key, value);
    return node;
  };
  const anchor = (id) => "#doc-" + encodeURIComponent(id);
  const wanted = () => ({ kind: data.kinds.indexOf(kind.value), label: data.labels.findIndex((one) => one.name === label.value),
    shown: system.value === "" ? data.systems.map((_, n) => n) : [Number(system.value)] });
  // Whether a span of this label and kind is what the filters ask for.
  const fits = (span, its, want) => (want.label < 0 || span[2] === want.label) && (want.kind < 0 || its === want.kind);
  const asked = (want) => want.kind >= 0 || want.label >= 0;
  const errors = (doc, want) => {
    let count = 0;
    for (const n of want.shown) {
      for (const span of doc.gold) if (span[4][n] === 4 && fits(span, 4, want)) count += 1;
      for (const span of doc.systems[n]) if (span[4] !== 0 && fits(span, span[4], want)) count += 1;
      if (want.kind === 0) for (const span of doc.systems[n]) if (fits(span, span[4], want)) count += 1;
    }
    return count;
  };
  let rows = [], current = null;
  const fill = () => {
    const want = wanted(), text = find.value.toLowerCase();
    rows = data.documents.map((doc) => ({ doc, count: errors(doc, want) }))
      .filter(({ doc, count }) => (!asked(want) || count > 0) && (!text || (doc.id + " " + doc.title).toLowerCase().includes(text)));
    const items = document.createDocumentFragment();
    for (const { doc, count } of rows) {
      const link = make("a", undefined, { href: anchor(doc.id), title: doc.title });
      link.append(make("span", doc.id), make("small", String(count)));
      items.append(link);
    }
    list.replaceChildren(items);
    if (!rows.length) list.append(make("p", "No document fits.", { class: "empty" }));
    at("count").textContent = rows.length + " of " + data.documents.length + " documents";
    show();
  };
  // Marks nest as spans do; a span that crosses another is cut at its edge and goes on after it.
  const marked = (doc, spans, want) => {
    const chars = Array.from(doc.text ?? ""), box = document.createDocumentFragment();
    const cuts = new Set([0, chars.length]);
    for (const { span } of spans) { cuts.add(span[0]); cuts.add(span[1]); }
    const edges = [...cuts].sort((a, b) => a - b);
    const order = [...spans].sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
    let open = [], next = 0;
    const top = () => (open.length ? open[open.length - 1].node : box);
    const enter = (one, first) => {
      const { name, colour } = data.labels[one.span[2]], its = data.kinds[one.kind];
      const node = make("mark", undefined, { "data-label": name, "data-kind": its, title: name + " (" + its + ") " + one.span[3] });
      node.style.setProperty("--c", colour);
      if (first) node.classList.add("first");
      if (asked(want) && !fits(one.span, one.kind, want)) node.classList.add("dim");
      top().append(node);
      open.push({ one, node });
    };
    for (let n = 0; n + 1 < edges.length; n += 1) {
      const here = edges[n];
      const low = open.findIndex(({ one }) => one.span[1] <= here);
      if (low >= 0) {
        const again = open.slice(low).filter(({ one }) => one.span[1] > here);
        open = open.slice(0, low);
        for (const { one } of again) enter(one, false);
      }
      while (next < order.length && order[next].span[0] === here) { enter(order[next], true); next += 1; }
      top().append(chars.slice(here, edges[n + 1]).join(""));
    }
    return box;
  };
  // A link may have been cut short in the middle of a character; then it names no document.
  const named = () => {
    try {
      return location.hash.startsWith("#doc-") ? decodeURIComponent(location.hash.slice(5)) : null;
    } catch {
      return null;
    }
  };
  const show = () => {
    const id = named();
    current = data.documents.find((doc) => doc.id === id) ?? (rows.length ? rows[0].doc : null);
    for (const link of list.querySelectorAll("a")) {
      if (current && link.getAttribute("href") === anchor(current.id)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    sides.replaceChildren();
    if (!current) return;
    const want = wanted(), columns = [];
    // Beside several systems, a gold span is shown as missed when one of them missed it.
    const fate = (span) => (want.shown.length === 1 ? span[4][want.shown[0]] : want.shown.some((n) => span[4][n] === 4) ? 4 : 0);
    columns.push(["gold", current.gold.map((span) => ({ span, kind: fate(span) }))]);
    for (const n of want.shown) columns.push([data.systems[n], current.systems[n].map((span) => ({ span, kind: span[4] }))]);
    for (const [name, spans] of columns) {
      const side = make("article", undefined, { class: "side", "aria-label": name });
      side.append(make("h3", name + " – " + spans.length + " spans"));
      if (current.text === null) side.append(make("p", "The text is not known.", { class: "empty" }));
      else side.append(marked(current, spans, want));
      sides.append(side);
    }
    at("title").textContent = current.title ? current.id + " – " + current.title : current.id;
  };
  const step = (by) => {
    const place = rows.findIndex(({ doc }) => doc === current), to = rows[Math.min(Math.max(place + by, 0), rows.length - 1)];
    if (!to) return;
    history.replaceState(null, "", anchor(to.doc.id));
    show();
    list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") { event.preventDefault(); find.focus(); }
  });
  for (const control of [kind, label, system]) control.addEventListener("change", fill);
  find.addEventListener("input", fill);
  const follow = () => { if (location.hash.startsWith("#doc-")) { show(); at("documents").scrollIntoView(); } };
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => { for (const part of document.querySelectorAll("details")) part.open = true; });
  fill();
  follow();
})();
