"""Page: a Document and its text to one self-contained HTML page; many of them to a site with an index."""

from extractor.render.page.document import document_page
from extractor.render.page.look import Look
from extractor.render.page.site import Pages, pages_at

__all__ = ["Look", "Pages", "document_page", "pages_at"]
