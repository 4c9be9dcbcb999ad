"""Draw a graph: the answers to a few SELECTs go in, one HTML file that needs nothing else comes out.

>>> from kg.show import Node, Network, page
>>> "张建国" in page(Network((Node("person/1", "Person", "张建国"),)), title="示例", lang="zh")
True
"""

from kg.show.questions import Select, network
from kg.show.sheet import page, write
from kg.show.values import Article, Edge, Evidence, Network, Node

__all__ = ["Article", "Edge", "Evidence", "Network", "Node", "Select", "network", "page", "write"]
