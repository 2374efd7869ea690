"use strict";
// What the other scripts share: the data, read when first needed, elements, and words for values.

const SIGNS = /[\p{Cc}\p{Cf}\u2028\u2029\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;
const KINDS = { c: "counts", d: "dates", u: "units", r: "regulations" };
const kindOf = (record) => KINDS[record.id[0]];

let loaded = null;

function data() {
  if (loaded === null) {
    loaded = JSON.parse(document.getElementById("data").textContent);
    for (const record of loaded.records) {
      record.key = `${record.report}-${record.id}`;
      if (record.id[0] === "c") {
        record.qualifier ??= "exact";
        record.dimension ??= "count";
      }
    }
    loaded.byKey = new Map(loaded.records.map((record) => [record.key, record]));
    loaded.parts = new Map();
    for (const record of loaded.records) {
      if (record.parent) {
        const total = `${record.report}-${record.parent}`;
        loaded.parts.set(total, [...(loaded.parts.get(total) ?? []), record.key]);
      }
    }
    loaded.isSingle = loaded.records.every((record) => record.report === 1);
  }
  return loaded;
}

const word = (key) => data().words[key] ?? key.slice(key.indexOf(".") + 1);
const identity = (record) => (data().isSingle ? record.id : `${record.report}·${record.id}`);

function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// Text as nodes; an invisible character is named, as it is in the text itself.
function shown(text) {
  const nodes = document.createDocumentFragment();
  let at = 0;
  for (const match of String(text).replace(/[\t\r\n]+/g, " ").matchAll(SIGNS)) {
    const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    nodes.append(match.input.slice(at, match.index), element("bdi", { className: "sign", "data-sign": `U+${code}` }));
    at = match.index + match[0].length;
  }
  nodes.append(String(text).replace(/[\t\r\n]+/g, " ").slice(at));
  return nodes;
}

function link(key, text) {
  return element("a", { href: `#${key}` }, shown(text ?? data().byKey.get(key)?.text ?? key));
}

// 9575350000 as 9,575,350,000: by text, as a script's numbers have no more than 15 exact digits.
function grouped(digits) {
  const [whole, part] = String(digits).split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return part === undefined ? groups : `${groups}.${part}`;
}

function amount(count) {
  const unit = count.unit === undefined ? "" : count.unit === "%" ? "%" : ` ${count.unit}`;
  const { lower, upper, value } = count;
  if (count.fraction) return `${count.fraction}${unit}`;
  if (count.qualifier === "exact" && value !== undefined) return grouped(value) + unit;
  if (lower !== undefined && upper !== undefined && lower !== upper) return `${grouped(lower)}–${grouped(upper)}${unit}`;
  if (lower !== undefined) return `≥ ${grouped(lower)}${unit}`;
  if (upper !== undefined) return `≤ ${grouped(upper)}${unit}`;
  return value === undefined ? "" : `≈ ${grouped(value)}${unit}`;
}

function provisions(regulation) {
  return (regulation.articles ?? [])
    .map(({ article, paragraph, item }) =>
      [article && `第${String(article).replace("-", "条之")}${String(article).includes("-") ? "" : "条"}`, paragraph && `第${paragraph}款`, item && `第${item}项`]
        .filter(Boolean).join(""))
    .join("、");
}

const indicator = (code) => data().indicators[code] ?? code;
