// The text: records by pointer and by keyboard, links to them, the key to the marks.

const text = {
  current: null, // the record that the keyboard is at

  get marks() {
    const all = [...document.querySelectorAll("mark[id]")];
    Object.defineProperty(this, "marks", { value: all });
    return all;
  },

  first(mark) {
    return mark.id ? mark : document.getElementById(mark.dataset.of);
  },

  // One record at a time can be reached with Tab; the arrow keys move on from it.
  hold(mark) {
    if (this.current) this.current.tabIndex = -1;
    this.current = mark;
    mark.tabIndex = 0;
  },

  visit(mark, options) {
    this.hold(mark);
    mark.focus({ preventScroll: true });
    card.open(mark, options);
  },

  go(key) {
    const mark = document.getElementById(key);
    if (mark?.localName !== "mark") return false;
    mark.scrollIntoView({ block: "center" });
    this.visit(mark, { pin: true });
    tables.reveal(key);
    return true;
  },

  step(mark, by) {
    const isShown = (one) => !document.body.classList.contains(`hide-${one.classList[0]}`);
    let at = this.marks.indexOf(mark) + by;
    while (this.marks[at] && !isShown(this.marks[at])) at += by;
    if (!this.marks[at]) return;
    this.marks[at].scrollIntoView({ block: "nearest" });
    this.visit(this.marks[at]);
  },

  leave() {
    card.close();
    this.current?.focus({ preventScroll: true });
    card.close(); // focus opened it again
  },

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (event.key in steps) this.step(event.target, steps[event.key]);
    else if (event.key === "Home") this.step(this.marks[1], -1);
    else if (event.key === "End") this.step(this.marks.at(-2), 1);
    else if (event.key === "Enter" || event.key === " ") {
      card.open(event.target, { pin: true, focus: true });
      tables.reveal(card.key);
    } else return;
    event.preventDefault();
  },
};

document.getElementById("text").addEventListener("keydown", (event) => {
  if (event.target.localName === "mark") text.key(event);
});

let leaving = 0;
document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch" || card.isPinned) return;
  const mark = event.target.closest("mark");
  const isCard = event.target.closest("#card") !== null;
  clearTimeout(leaving);
  if (mark) card.open(mark);
  else if (!isCard && card.key !== null) leaving = setTimeout(() => card.isPinned || card.close(), 250);
});

document.addEventListener("click", (event) => {
  const anchor = event.target.closest("a[href^='#'], [data-go]");
  const key = anchor && (anchor.dataset.go ?? decodeURIComponent(anchor.hash.slice(1)));
  if (key && text.go(key)) {
    event.preventDefault();
    history.pushState(null, "", `#${key}`);
    return;
  }
  const mark = event.target.closest("mark");
  if (mark && getSelection().isCollapsed) {
    const first = text.first(mark);
    text.hold(first);
    first.focus({ preventScroll: true });
    card.open(mark, { pin: true });
    tables.reveal(card.key);
  } else if (card.key !== null && !event.target.closest("#card, #tables")) card.close();
});

document.addEventListener("focusin", (event) => {
  if (event.target.localName === "mark" && card.key !== event.target.id) card.open(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && card.key !== null) text.leave();
});

for (const box of document.querySelectorAll(".legend input")) {
  box.addEventListener("change", () => document.body.classList.toggle(`hide-${box.dataset.kind}`, !box.checked));
}

new ResizeObserver(() => card.follow()).observe(document.getElementById("text"));
addEventListener("resize", () => card.follow());
addEventListener("popstate", () => text.go(decodeURIComponent(location.hash.slice(1))));
addEventListener("beforeprint", () => tables.print());
addEventListener("afterprint", () => tables.forget());

// The text is on the screen before the tables are made.
requestAnimationFrame(() => setTimeout(() => {
  tables.start();
  const first = document.querySelector("mark[id]");
  if (first) text.hold(first);
  text.go(decodeURIComponent(location.hash.slice(1)));
  document.documentElement.dataset.ready = "";
  performance.mark("ready");
}));
