"use strict";
// The table of reports: sorted by its headings, filtered by words.

const rows = [...document.querySelectorAll("#tables tbody tr")];
const heads = [...document.querySelectorAll("#tables th[aria-sort]")];
const filter = document.getElementById("filter");
const count = document.querySelector("#tables [role=status]");
const collator = new Intl.Collator("zh", { numeric: true });

function order(row, at) {
  const cell = row.cells[at];
  return cell.dataset.order === undefined ? cell.textContent : Number(cell.dataset.order);
}

function sort(at) {
  const isDown = heads[at].getAttribute("aria-sort") === "ascending";
  heads.forEach((head) => head.setAttribute("aria-sort", "none"));
  heads[at].setAttribute("aria-sort", isDown ? "descending" : "ascending");
  const keyed = rows.map((row) => [order(row, at), row]);
  keyed.sort(([one], [other]) => {
    if (one === "" || other === "") return (one === "") - (other === ""); // what is unknown comes last
    const by = typeof one === "number" ? one - other : collator.compare(one, other);
    return isDown ? -by : by;
  });
  document.querySelector("#tables tbody").append(...keyed.map(([, row]) => row));
}

function sift() {
  const wanted = filter.value.toLowerCase();
  let shown = 0;
  for (const row of rows) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
    shown += !row.hidden;
  }
  count.textContent = `${shown === rows.length ? shown : `${shown} / ${rows.length}`} ${count.dataset.unit}`;
}

heads.forEach((head, at) => head.firstElementChild.addEventListener("click", () => sort(at)));
filter.addEventListener("input", sift);
sift();
document.documentElement.dataset.ready = "";
