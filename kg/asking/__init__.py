"""Understand plain questions without a language model: a Chinese sentence comes in, a saved question with its values goes out."""

from kg.asking.forms import Form, forms
from kg.asking.names import Select, beginnings
from kg.asking.reading import NotUnderstood, Understood, understood

__all__ = ["Form", "NotUnderstood", "Select", "Understood", "beginnings", "forms", "understood"]
