"""The saved questions, in SPARQL."""
