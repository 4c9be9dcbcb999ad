"""The forms of plain questions and the words in them, as tables: one row a form or word, each with an example that is a test."""
