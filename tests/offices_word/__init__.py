"""Word files as real offices make them, for tests: made with python-docx from plans."""
