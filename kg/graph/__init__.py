"""Turn what was read into RDF, keep it in a store, ask it, check it and write it out."""
