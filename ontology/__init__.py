"""The ontology, its shapes, the saved questions and the lexicon, as package data."""
