"""Render: a Document to text for people (table), for programs (JSON) and for spreadsheets (CSV)."""
