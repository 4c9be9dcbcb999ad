"""What the tests of the show room share: an invented district."""

from __future__ import annotations

import pytest

from kg.show import Article, Edge, Evidence, Network, Node
from kg.show.terms import relation

BASE = "https://w3id.org/zhengtu/id/"
_ARTICLES = {
    "a1": Article(f"{BASE}article/a1", "云岭区召开一季度重点项目建设现场观摩会", "2024-04-16", "news/2024-04-16.txt"),
    "a2": Article(f"{BASE}article/a2", "林若川调研老城更新和安置房建设工作", "2024-04-18", "news/2024-04-18.txt"),
    "a3": Article(f"{BASE}article/a3", "云岭区与青禾集团举行会谈并签约", "2024-05-06", "news/2024-05-06.txt"),
}
_SENTENCES = {
    "a1": "会议强调，要落实“河段长制”，持续优化营商环境，奋战二季度，确保实现“双过半”。",
    "a2": "4月17日，区委书记林若川先后来到东明街、柳溪公园、锦绣里安置区等处，实地察看工程进度，听取街道办事处汇报。",
    "a3": "云岭区与青禾集团签约，区长周若海主持，双方就智能装备产业园建设深入交流。",
}
_KINDS = {"人": "Person", "职": "Post", "机": "Organization", "区": "Area", "地": "Place", "项": "Project", "政": "Policy", "求": "Task", "文": "Document"}
_KINDS |= {"会": "Meeting", "仪": "Ceremony"}

# kind:name, told by article, relation, kind:name
_FACTS = """
人:林若川 a1 holdsPost 职:云岭区委书记
人:周若海 a1 holdsPost 职:云岭区委副书记
人:周若海 a1 holdsPost 职:云岭区区长
人:何知秋 a1 holdsPost 职:云岭区副区长
人:沈望舒 a3 holdsPost 职:青禾集团董事长
职:云岭区委书记 a1 postIn 机:中共云岭区委员会
职:云岭区区长 a1 postIn 机:云岭区人民政府
职:云岭区副区长 a1 postIn 机:云岭区人民政府
职:青禾集团董事长 a3 postIn 机:青禾集团
机:云岭区人民政府 a1 jurisdiction 区:云岭区
区:云岭区 a1 partOf 区:江临市
区:云岭区 a1 convened 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
人:林若川 a1 attended 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
人:林若川 a1 spokeAt 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
人:周若海 a1 chaired 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
人:周若海 a1 attended 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
人:何知秋 a1 spokeAt 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
人:姜以南 a1 attended 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
人:冉明远 a1 attended 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
机:云岭区人民法院 a1 attended 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
机:云岭区人民检察院 a1 attended 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
机:云岭经济开发区管委会 a1 spokeAt 会:云岭区一季度重点项目建设暨经济运行现场观摩点评会
会:云岭区一季度重点项目建设暨经济运行现场观摩点评会 a1 emphasized 政:“河段长制”
会:云岭区一季度重点项目建设暨经济运行现场观摩点评会 a1 emphasized 政:“双过半”
会:云岭区一季度重点项目建设暨经济运行现场观摩点评会 a1 emphasized 求:优化营商环境
会:云岭区一季度重点项目建设暨经济运行现场观摩点评会 a1 required 求:优化营商环境
会:云岭区一季度重点项目建设暨经济运行现场观摩点评会 a1 required 求:大兴调查研究之风
会:云岭区一季度重点项目建设暨经济运行现场观摩点评会 a1 required 求:落实安全生产责任
会:云岭区一季度重点项目建设暨经济运行现场观摩点评会 a1 emphasized 政:“万企帮扶”活动
会:云岭区一季度重点项目建设暨经济运行现场观摩点评会 a1 implements 会:全市项目建设推进会
区:江临市 a1 convened 会:全市项目建设推进会
人:周若海 a1 emphasized 政:“双过半”
人:周若海 a1 required 政:“半年红”
人:周若海 a1 proposed 政:链式招商
人:周若海 a1 emphasized 政:“河段长制”
人:周若海 a1 required 求:盘活低效用地
人:周若海 a1 inspected 项:粮油科技园
人:周若海 a1 inspected 项:体育中心改造
人:林若川 a1 emphasized 政:“双过半”
人:林若川 a2 inspected 地:东明街
人:林若川 a2 inspected 地:柳溪公园
人:林若川 a2 inspected 地:西河路
人:林若川 a2 inspected 地:南城墙遗址
人:林若川 a2 inspected 项:锦绣里安置区
人:林若川 a2 inspected 项:老城复兴片区
人:林若川 a2 inspected 机:东明街道办事处
人:何知秋 a2 accompanied 人:林若川
人:冉明远 a2 accompanied 人:林若川
人:林若川 a2 emphasized 政:文旅融合
人:林若川 a2 required 求:加快安置房建设
人:林若川 a2 required 求:保护历史文化
人:林若川 a2 pointedOut 政:城市更新
人:林若川 a2 emphasized 政:“保交房”
项:老城复兴片区 a2 inArea 区:云岭区
项:锦绣里安置区 a2 inArea 区:云岭区
地:东明街 a2 inArea 区:云岭区
地:柳溪公园 a2 inArea 区:云岭区
人:林若川 a2 concerns 项:老城复兴片区
人:周若海 a3 metWith 人:沈望舒
人:林若川 a3 metWith 人:沈望舒
区:云岭区 a3 signed 项:智能装备产业园
机:青禾集团 a3 signed 项:智能装备产业园
机:青禾集团 a3 attended 仪:智能装备产业园签约仪式
人:沈望舒 a3 spokeAt 仪:智能装备产业园签约仪式
人:周若海 a3 chaired 仪:智能装备产业园签约仪式
仪:智能装备产业园签约仪式 a3 place 地:市会展中心
项:智能装备产业园 a3 inArea 区:云岭区
人:沈望舒 a3 said 求:扩大在云岭投资
机:云岭区人民政府 a3 issued 文:《云岭区支持先进制造业若干措施》
机:青禾集团 a3 implements 文:《云岭区支持先进制造业若干措施》
人:周若海 a3 proposed 政:“一链一策”
人:周若海 a3 emphasized 求:优化营商环境
机:东海市文联 a3 partOf 机:东海市委宣传部
"""


def evidence(article: str, quote: str) -> Evidence:
    """An article's sentence, with these words of it as the quote if they stand there."""
    sentence = _SENTENCES[article]
    begin = max(sentence.find(quote), 0)
    return Evidence(f"{BASE}article/{article}", sentence, quote if quote in sentence else "", begin, begin + len(quote), 0.9)


@pytest.fixture(scope="session")
def district() -> Network:
    """An invented district: some fifty things, three reports, two parts that do not touch, edges side by side."""
    told: dict[str, set[str]] = {}
    edges = []
    for line in _FACTS.split("\n"):
        if line:
            source, article, name, target = line.split(" ")
            for thing in (source, target):
                told.setdefault(thing, set()).add(f"{BASE}article/{article}")
            term = relation(name)
            edges.append(Edge(iri(source[2:]), iri(target[2:]), name, term.zh, term.en, (evidence(article, target[2:]),), term.is_statement))
    nodes = tuple(Node(iri(thing[2:]), _KINDS[thing[0]], thing[2:], articles=tuple(sorted(articles))) for thing, articles in told.items())
    return Network(nodes, tuple(edges), tuple(_ARTICLES.values()))


def iri(name: str) -> str:
    """The IRI of a thing of the invented district."""
    return f"{BASE}thing/{name}"
