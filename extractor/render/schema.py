"""Schema: the JSON Schema that every rendered Document obeys."""

from __future__ import annotations

import json

from extractor.records import Document


def schema() -> str:
    """Return the JSON Schema of Document, indented."""
    described = Document.model_json_schema(mode="serialization")
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**dialect, **described}, ensure_ascii=False, indent=2)
