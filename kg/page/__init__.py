"""Cut a page into its articles and an article into its sentences, without losing a character's way back."""

from kg.page.articles import articles
from kg.page.sentences import sentences

__all__ = ["articles", "sentences"]
