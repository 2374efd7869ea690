"""Contract: what the records require of the fields that leave, as a validator of Pydantic's without their classes.

To import Pydantic's machinery and build the models takes longer than to read a short text. Their core schema with the
classes taken out requires the same, is built in a fraction of a millisecond, and is kept with the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import SchemaValidator

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet

_NOT_REQUIRED = {"metadata", "ref", "serialization"}  # say how a value is described, shared and written


def validator(rules: RuleSet) -> SchemaValidator:
    """Return what refuses, with a ValidationError, fields that Document would refuse, kept with ``rules``."""
    return rules.memo("contract", _built)


def _built() -> SchemaValidator:
    from extractor.records import Document  # noqa: PLC0415 - what a validator that is kept does without

    Document.model_rebuild()
    return SchemaValidator(_without_classes(Document.__pydantic_core_schema__))  # type: ignore[arg-type]  # a schema still


def _without_classes(schema: object) -> object:
    """Return a core schema in which the fields of a model stand for the model."""
    if isinstance(schema, list):
        return [_without_classes(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "model":
        extra = schema.get("config", {}).get("extra_fields_behavior", "ignore")
        return {**_without_classes(schema["schema"]), "extra_behavior": extra}  # type: ignore[dict-item]  # of fields
    return {key: _without_classes(part) for key, part in schema.items() if key not in _NOT_REQUIRED}
