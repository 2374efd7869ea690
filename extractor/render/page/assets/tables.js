// A table for each kind of record: sorted, filtered, a page at a time, so that any number of records opens at once.

const PAGE = 100;
const PRINTED = 3000; // rows; more are not printed

const textual = (name, read) => ({ name, read: read ?? ((record) => record[name] ?? "") });
const COLUMNS = {
  counts: [
    textual("text"),
    { name: "value", read: amount, order: (record) => Number(record.value ?? record.lower ?? record.upper ?? NaN) },
    textual("item"),
    textual("action"),
    textual("indicator", (record) => (record.indicator ? indicator(record.indicator) : "")),
    textual("period"),
  ],
  dates: [
    textual("text"),
    textual("value"),
    textual("kind", (record) => word(`date.${record.kind}`)),
    textual("granularity", (record) => word(`granularity.${record.granularity}`)),
  ],
  units: [
    textual("text"),
    textual("name"),
    textual("kind", (record) => word(`unit.${record.kind}`)),
    textual("level", (record) => (record.level ? word(`level.${record.level}`) : "")),
    textual("region", (record) => record.region?.name ?? ""),
  ],
  regulations: [
    textual("text"),
    textual("title"),
    textual("document_number"),
    textual("articles", provisions),
    textual("status", (record) => (record.status ? word(`status.${record.status}`) : "")),
  ],
};
const COLLATOR = new Intl.Collator("zh", { numeric: true });

class Grid {
  constructor(kind) {
    this.kind = kind;
    this.columns = COLUMNS[kind];
    this.all = data().records.filter((record) => kindOf(record) === kind);
    this.sorted = { column: null, isDown: false };
    this.wanted = "";
    this.at = 0;
    this.rows = this.all;
  }

  arrange() {
    const { column, isDown } = this.sorted;
    const wanted = this.wanted.toLowerCase();
    let rows = this.all;
    if (wanted) {
      rows = rows.filter((record) => this.columns.some(({ read }) => String(read(record)).toLowerCase().includes(wanted)));
    }
    if (column) {
      const keyed = rows.map((record) => [column.order ? column.order(record) : String(column.read(record)), record]);
      const isEmpty = (key) => key === "" || Number.isNaN(key); // what is unknown comes last in either order
      keyed.sort(([one], [other]) => {
        if (isEmpty(one) || isEmpty(other)) return isEmpty(one) - isEmpty(other);
        const order = column.order ? one - other : COLLATOR.compare(one, other);
        return isDown ? -order : order;
      });
      rows = keyed.map(([, record]) => record);
    }
    this.rows = rows;
    this.at = 0;
  }

  table(rows) {
    const head = this.columns.map((column) => {
      const isSorted = this.sorted.column === column;
      const button = element("button", { type: "button" }, word(`field.${column.name}`));
      button.onclick = () => {
        this.sorted = { column, isDown: isSorted && !this.sorted.isDown };
        this.arrange();
        tables.draw();
        document.querySelector(`#tables th[data-name="${column.name}"] button`).focus();
      };
      const order = isSorted ? (this.sorted.isDown ? "descending" : "ascending") : "none";
      return element("th", { scope: "col", "aria-sort": order, "data-name": column.name, className: column.order ? "number" : "" }, button);
    });
    const body = element("tbody", null, ...rows.map((record) => this.row(record)));
    const caption = element("caption", { className: "spoken" }, word(`kind.${this.kind}`));
    return element("table", { className: `records ${this.kind}` }, caption, element("thead", null, element("tr", null, ...head)), body);
  }

  row(record) {
    const [first, ...others] = this.columns;
    const head = element("th", { scope: "row" }, link(record.key, first.read(record)), element("small", null, identity(record)));
    const cells = others.map((column) => element("td", { className: column.order ? "number" : column.name }, shown(column.read(record))));
    return element("tr", { "data-key": record.key, className: record.status ?? "" }, head, ...cells);
  }
}

const tables = {
  grids: {},
  kind: null,

  grid(kind = this.kind) {
    return (this.grids[kind] ??= new Grid(kind));
  },

  start() {
    const frame = document.getElementById("tables");
    this.tabs = Object.values(KINDS).map((kind) => {
      const size = data().records.reduce((sum, record) => sum + (kindOf(record) === kind), 0);
      const tab = element("button", { type: "button", role: "tab", id: `tab-${kind}`, "aria-controls": "panel" },
        word(`kind.${kind}`), element("span", { className: "number" }, grouped(size)));
      tab.onclick = () => this.choose(kind);
      return tab;
    });
    const list = element("div", { role: "tablist", "aria-label": word("page.tables") }, ...this.tabs);
    list.onkeydown = (event) => this.turn(event);
    this.filter = element("input", { type: "search", id: "filter", autocomplete: "off" });
    this.filter.oninput = () => {
      this.grid().wanted = this.filter.value;
      this.grid().arrange();
      this.draw();
    };
    this.status = element("span", { role: "status", className: "quiet" });
    const tools = element("div", { className: "tools" },
      element("label", { htmlFor: "filter" }, word("page.filter")), this.filter, this.status);
    this.scroller = element("div", { className: "scroller", tabIndex: 0, role: "group", "aria-label": word("page.tables") });
    this.pager = element("div", { className: "pager" });
    this.panel = element("div", { role: "tabpanel", id: "panel" }, tools, this.scroller, this.pager);
    frame.append(list, this.panel);
    const first = data().records.length ? kindOf(data().records[0]) : "counts";
    this.choose(first);
  },

  turn(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const kinds = Object.values(KINDS);
    const next = (kinds.indexOf(this.kind) + step + kinds.length) % kinds.length;
    this.choose(kinds[next]);
    this.tabs[next].focus();
    event.preventDefault();
  },

  choose(kind) {
    this.kind = kind;
    this.tabs.forEach((tab, at) => {
      const isChosen = Object.values(KINDS)[at] === kind;
      tab.setAttribute("aria-selected", isChosen);
      tab.tabIndex = isChosen ? 0 : -1;
    });
    this.panel.setAttribute("aria-labelledby", `tab-${kind}`);
    this.filter.value = this.grid().wanted;
    this.draw();
  },

  draw() {
    const grid = this.grid();
    const { rows, at } = grid;
    const isAll = rows.length === grid.all.length;
    const share = isAll ? grouped(rows.length) : `${grouped(rows.length)} / ${grouped(grid.all.length)}`;
    this.status.replaceChildren(`${share} ${word("page.rows")}`);
    this.scroller.replaceChildren(
      rows.length ? grid.table(rows.slice(at, at + PAGE)) : element("p", { className: "quiet" }, word("page.none")));
    const step = (name, to) => {
      const button = element("button", { type: "button", disabled: to < 0 || to >= rows.length }, word(`page.${name}`));
      button.onclick = () => {
        grid.at = to;
        this.draw();
        this.scroller.scrollTop = 0;
      };
      return button;
    };
    const range = `${grouped(at + 1)}–${grouped(Math.min(at + PAGE, rows.length))} / ${grouped(rows.length)}`;
    this.pager.hidden = rows.length <= PAGE;
    this.pager.replaceChildren(step("previous", at - PAGE), element("span", null, range), step("next", at + PAGE));
    this.mark(card.key);
  },

  mark(key) {
    for (const row of this.scroller.querySelectorAll("tr[data-key]")) row.classList.toggle("active", row.dataset.key === key);
  },

  // Brings the row of a record into view; a filter that hides it is lifted.
  reveal(key, { focus = false } = {}) {
    const record = data().byKey.get(key);
    const kind = kindOf(record);
    const grid = this.grid(kind);
    if (!grid.rows.includes(record)) {
      grid.wanted = "";
      grid.arrange();
    }
    const page = Math.floor(grid.rows.indexOf(record) / PAGE) * PAGE;
    if (this.kind !== kind || grid.at !== page || !this.scroller.querySelector(`tr[data-key="${key}"]`)) {
      grid.at = page;
      this.choose(kind);
    }
    this.mark(key);
    const row = this.scroller.querySelector(`tr[data-key="${key}"]`);
    this.scroller.scrollTop += row.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - this.scroller.clientHeight / 3;
    if (focus) {
      row.querySelector("a").focus();
      row.scrollIntoView({ block: "nearest" });
    }
  },

  print() {
    if (data().records.length > PRINTED) return;
    const all = Object.values(KINDS).map((kind) => this.grid(kind)).filter((grid) => grid.rows.length);
    this.printed = element("div", { className: "printed" },
      ...all.flatMap((grid) => [element("h2", null, word(`kind.${grid.kind}`)), grid.table(grid.rows)]));
    document.getElementById("tables").append(this.printed);
  },

  forget() {
    this.printed?.remove();
  },
};
