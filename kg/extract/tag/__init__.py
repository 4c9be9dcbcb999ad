"""Taggers: a sentence comes in, the names that stand in it go out."""
