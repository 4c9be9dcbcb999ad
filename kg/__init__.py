"""Zhengtu 政图: official Chinese news into an RDF graph."""
