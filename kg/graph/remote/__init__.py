"""Keep a copy of the graph in a SPARQL 1.1 store elsewhere and ask it there. Only this room speaks HTTP, so import it where it is used."""

from kg.graph.remote.pull import pulled
from kg.graph.remote.push import Pushed, push
from kg.graph.remote.remote import Remote

__all__ = ["Pushed", "Remote", "pulled", "push"]
