"""The words of the trade, as tables: one row a word, each with an example that is a test."""
