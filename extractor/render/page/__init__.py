"""Page: a Document and its text to one self-contained HTML page; many of them to a site with an index."""

from extractor.render.page.document import document_page
from extractor.render.page.look import Look

__all__ = ["Look", "document_page"]
