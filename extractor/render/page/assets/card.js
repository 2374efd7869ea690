// The card: everything known of one record, beside its place in the text.

const FIELDS = {
  counts: ["value", "qualifier", "dimension", "item", "action", "indicator", "actor", "period", "change"],
  dates: ["value", "start_date", "end_date", "granularity", "kind", "part"],
  units: ["name", "kind", "level", "region"],
  regulations: ["title", "level", "document_number", "articles", "status", "issuer", "alias", "alias_of"],
};
const SPOKEN = { granularity: "granularity", part: "part", level: "level", status: "status", qualifier: "qualifier", dimension: "dimension" };

function field(record, name) {
  const value = record[name];
  if (value === undefined || value.length === 0) return null;
  const kind = kindOf(record);
  if (name === "kind") return word(`${kind === "dates" ? "date" : "unit"}.${value}`);
  if (name in SPOKEN) return word(`${SPOKEN[name]}.${value}`);
  if (name === "value" && kind === "counts") return amount(record);
  if (name === "value" && record.kind === "relative") return `${record.text} ${word("page.resolved")} ${value}`;
  if (name === "indicator") return `${indicator(value)} (${value})`;
  if (name === "change") return [word(`change.${value.direction}`), value.baseline].filter(Boolean).join(" · ");
  if (name === "region") return `${value.name} (${value.code})`;
  if (name === "articles") return provisions(record);
  if (name === "alias_of") return link(`${record.report}-${value}`);
  return value;
}

const card = {
  key: null,
  isPinned: false,

  open(mark, { pin = false, focus = false } = {}) {
    const key = mark.dataset.of ?? mark.id;
    const record = data().byKey.get(key);
    if (!record) return;
    const frame = document.getElementById("card");
    if (this.key !== key) frame.replaceChildren(...this.content(record, mark));
    this.key = key;
    this.mark = mark;
    this.isPinned = pin;
    frame.className = record.id[0];
    frame.hidden = false;
    this.relate(key);
    this.place(frame, mark);
    tables.mark(key);
    if (focus) frame.focus({ preventScroll: true });
  },

  close() {
    document.getElementById("card").hidden = true;
    this.key = null;
    this.isPinned = false;
    this.relate(null);
    tables.mark(null);
  },

  content(record, mark) {
    const kind = kindOf(record);
    const close = element("button", { type: "button", className: "close", "aria-label": word("page.close") }, "×");
    close.onclick = () => text.leave();
    const head = element("div", { className: "head" },
      element("span", { className: `sample ${record.id[0]}` }, word(`kind.${kind}`)), element("b", null, shown(record.text)),
      element("small", null, identity(record)), close);
    const pairs = FIELDS[kind].map((name) => [word(`field.${name}`), field(record, name)]);
    if (record.locator) pairs.push([word("field.locator"), record.locator]);
    if (record.parent) pairs.push([word("field.parent"), link(`${record.report}-${record.parent}`)]);
    const list = (keys) => element("span", { className: "links" }, ...keys.map((key) => link(key)));
    const parts = data().parts.get(record.key);
    if (parts) pairs.push([word("page.parts"), list(parts)]);
    const around = [];
    for (let outer = mark.parentElement.closest("mark"); outer; outer = outer.parentElement.closest("mark")) around.push(outer.dataset.of ?? outer.id);
    const within = [...new Set([...around, ...[...mark.querySelectorAll("mark")].map((inner) => inner.dataset.of ?? inner.id)])];
    if (within.length) pairs.push([word("page.overlaps"), list(within)]);
    for (const check of data().checks.filter(({ keys }) => keys.includes(record.key))) {
      const sign = element("span", { className: check.ok ? "tick" : "cross" }, check.ok ? "✓ " : "✗ ");
      pairs.push([word(`check.${check.kind}`), element("span", null, sign, shown(check.message))]);
    }
    const [about, place] = data().rules[record.rule] ?? [];
    const rule = element("span", null, element("code", null, record.rule), about ? ` ${about}` : "",
      place ? element("small", null, place) : null);
    pairs.push([word("field.rule"), rule]);
    const known = pairs.filter(([, value]) => value !== null && value !== "");
    const facts = element("dl", null, ...known.flatMap(([name, value]) => [
      element("dt", null, name), element("dd", null, value instanceof Node ? value : shown(value))]));
    const show = element("button", { type: "button" }, word("page.in_table"));
    show.onclick = () => tables.reveal(record.key, { focus: true });
    return [head, facts, show];
  },

  // Outlines the total and the parts of a count, and the record itself.
  relate(key) {
    for (const mark of document.querySelectorAll("mark.active, mark.total, mark.part")) mark.classList.remove("active", "total", "part");
    if (key === null) return;
    const outline = (other, name) => document.getElementById(other)?.classList.add(name);
    const record = data().byKey.get(key);
    for (const mark of document.querySelectorAll(`mark[id="${key}"], mark[data-of="${key}"]`)) mark.classList.add("active");
    if (record.parent) outline(`${record.report}-${record.parent}`, "total");
    for (const part of data().parts.get(key) ?? []) outline(part, "part");
  },

  // The text of a long document grows as it comes into view, and the record moves.
  follow() {
    if (this.key !== null) this.place(document.getElementById("card"), this.mark);
  },

  // Below the record, or above it where there is no room; narrow screens show the card at their lower edge.
  place(frame, mark) {
    frame.style.left = frame.style.top = "";
    if (getComputedStyle(frame).position === "fixed") return;
    const box = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - frame.offsetWidth - 12);
    const isRoom = box.bottom + frame.offsetHeight + 12 < innerHeight || box.top < frame.offsetHeight + 12;
    const top = isRoom ? box.bottom + 8 : box.top - frame.offsetHeight - 8;
    frame.style.left = `${Math.max(left, 12) + scrollX}px`;
    frame.style.top = `${top + scrollY}px`;
  },
};
