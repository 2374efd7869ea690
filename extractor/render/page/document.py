"""Document page: one document with its text to a page that shows everything found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.choices import KINDS
from extractor.render.page.charts import bars, tiles
from extractor.render.page.checks import checks
from extractor.render.page.data import data
from extractor.render.page.leading import panels
from extractor.render.page.markup import Html, element, escaped
from extractor.render.page.shell import page
from extractor.render.page.text import marked

if TYPE_CHECKING:
    from extractor.records import Document, Report
    from extractor.render.page.look import Look

_LONG = 50_000  # characters from which only what is in view is laid out
_SCRIPTS = ("show.js", "tables.js", "card.js", "text.js")


def document_page(document: Document, text: str, look: Look, *, index: str | None = None) -> Html:
    """Return the page of ``document``; ``text`` is what it was extracted from, ``index`` a page to lead back to."""
    words = look.words
    title = _title(document, look)
    return page(
        title,
        words["page.language"],
        _SCRIPTS,
        element("a", words["page.skip"], href="#text", class_="skip"),
        element("a", words["page.skip_tables"], href="#tables", class_="skip"),
        _header(document, title, look, index),
        element(
            "main",
            element("noscript", element("p", words["page.no_script"])),
            _overview(document.reports[0], look) if len(document.reports) == 1 else None,
            _legend(document, look),
            _text(document, text, look),
            _tables(look),
        ),
        _card(look),
        element("footer", words["page.made_by"]),
        element("script", data(document, look), type="application/json", id="data"),
    )


def _title(document: Document, look: Look) -> str:
    if len(document.reports) == 1:
        return document.reports[0].title or look.words["page.untitled"]
    return document.source.name


def _header(document: Document, title: str, look: Look, index: str | None) -> Html:
    words, source = look.words, document.source
    is_single = len(document.reports) == 1
    facts = [
        (words["page.source"], source.name),
        (words["page.encoding"], source.encoding),
        (words["page.characters"], f"{source.characters:,}"),
        (words["page.records"], f"{sum(1 for _ in document.records()):,}"),
    ]
    back = element("a", f"← {words['page.back']}", href=index)
    return element(
        "header",
        element("nav", back, aria_label=words["page.back"]) if index else None,
        element("h1", title),
        _whose(document.reports[0], look) if is_single else None,
        _facts(facts, "facts source-facts"),
        None if is_single else _contents(document, look),
    )


def _whose(report: Report, look: Look) -> Html:
    words = look.words
    issuer = (words["page.issuer"], report.issuer or words["page.unknown"])
    return _facts([issuer, (words["page.period"], report.period or words["page.unknown"])], "facts")


def _facts(facts: list[tuple[str, str]], name: str) -> Html:
    pairs = (element("div", element("dt", term), element("dd", value)) for term, value in facts)
    return element("dl", *pairs, class_=name)


def _contents(document: Document, look: Look) -> Html:
    """Return the way to each report of the file."""
    words = look.words
    items = []
    for report in document.reports:
        failed = sum(not check.ok for check in report.checks)
        note = element("span", f" ✗ {failed} {words['page.failed']}", class_="cross") if failed else None
        link = element("a", report.title or words["page.untitled"], href=f"#report-{report.index}")
        items.append(element("li", link, note))
    return element("nav", element("ol", *items), aria_label=words["page.contents"], class_="contents")


def _legend(document: Document, look: Look) -> Html:
    """Return the key to the marks, which also shows and hides them."""
    words = look.words
    boxes = []
    for kind in KINDS:
        number = sum(len(getattr(report, kind)) for report in document.reports)
        sample = element("span", words[f"kind.{kind}"], class_=f"sample {kind[0]}")
        box = element("input", type="checkbox", checked=True, data_kind=kind[0])
        boxes.append(element("label", box, sample, element("span", f"{number:,}", class_="number")))
    return element(
        "div",
        element("span", words["page.shown"], class_="quiet"),
        *boxes,
        class_="legend",
        role="group",
        aria_label=words["page.shown"],
    )


def _text(document: Document, text: str, look: Look) -> Html:
    """Return the whole text, what lies between reports as it is, each of several reports under its overview."""
    at = 0
    parts: list[Html | None] = [element("h2", look.words["page.text"]), _help(look)]
    is_single = len(document.reports) == 1
    for report in document.reports:
        parts.append(_between(text[at : report.start]))
        source = element("div", marked(text, report, look.rules, look.words), class_="source", lang="zh")
        title = report.title or look.words["page.untitled"]
        above = [] if is_single else [element("h2", title), _whose(report, look), _overview(report, look)]
        parts.append(element("article", *above, source, id=f"report-{report.index}", aria_label=title))
        at = report.end
    parts.append(_between(text[at:]))
    size = "long" if len(text) > _LONG else None
    return element("section", *parts, id="text", class_=size, tabindex=-1, aria_label=look.words["page.text"])


def _help(look: Look) -> Html:
    return element("p", look.words["page.text_help"], class_="help quiet")


def _between(text: str) -> Html | None:
    return element("div", escaped(text), class_="source between", lang="zh") if text else None


def _overview(report: Report, look: Look) -> Html:
    """Return the report at a glance: whether it agrees with itself, and its leading figures."""
    words = look.words
    drawn, single = panels(report, look.stages)
    charts = [bars(panel, report, words.get(f"domain.{panel.domain}", panel.domain), words) for panel in drawn]
    figures = element(
        "div",
        element("h2", words["page.glance"]),
        element("div", *charts, class_="panels") if charts else None,
        tiles(single, report, words) if single else None,
        class_="figures",
    )
    tested = element("div", element("h2", words["page.checks"]), checks(report, words), class_="tested")
    return element("div", tested, figures if charts or single else None, class_="overview")


def _tables(look: Look) -> Html:
    """Return the frame that the script fills with a table a kind."""
    return element("section", id="tables", tabindex=-1, aria_label=look.words["page.tables"])


def _card(look: Look) -> Html:
    return element("aside", id="card", hidden=True, tabindex=-1, aria_label=look.words["page.details"])
