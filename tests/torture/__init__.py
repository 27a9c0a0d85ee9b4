"""Trying to break what ``docs/reliability.md`` promises: ``make torture`` in full, ``test_*.py`` here in a short form."""
