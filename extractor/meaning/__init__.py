"""Meaning: quantities in their clauses to what is counted, who did it, when, and of which total it is a part."""
