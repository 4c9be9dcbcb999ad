"""Find named policies: those everybody knows, quoted ones by the words around them, unquoted ones by verb and last word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from kg.extract.edges import edge_pattern, left_edge
from kg.extract.scene import Scene
from kg.lexicon import either, first_of, rows, surfaces
from kg.model import Mention, Span

_QUOTES = str.maketrans("", "", '“”「」『』‘’"')
_QUOTED = re.compile(r"[“「]([^“”「」\n]{2,26})[”」]")
_SENTENCE_IN_QUOTES = re.compile(r"[。！？；!?;]|[，,].*[，,]|[，,]$")
# A number of things, as campaigns are named: 四挂钩, 六大行动, 15分钟社区生活圈, 1+3+N, 三标
_COUNTED = re.compile(r"^(?:[一二两三四五六七八九十百千万双多]{1,2}[^一二两三四五六七八九十\d]{1,5}|\d+(?:[+＋]\w+)+|[1-9]\d?分钟\S{2,8}圈|N\+\w+)$")
# A quoted name that says itself what it is: 链长制, 首席服务员制度, 清风行动, 强基工程
_SELF_NAMED = re.compile(r"(?:长制|责任制|工作法|调解法|机制|行动|工程|计划|战略|模式|生活圈|经济圈|建设年|提升年|攻坚年|落实年)$")
# Heads that make a name of a quoted word only after a verb of use
_WEAK_HEADS = frozenset({"服务", "建设", "创建", "改革", "政策", "经验", "精神", "计划", "模式", "目标", "理念"})
_NO_CAMPAIGN = re.compile(r"(?:[奖章号日节赛展演]|合作区|试验区|示范区|产业园|工业园|演习|公约|联盟|论坛|峰会|晚会)$")
# what is said of a campaign: 按照“四挂钩”要求, “三标”引领
_AS_CAMPAIGN = re.compile(r"要求|标准|工作|方式|考核|引领|任务|、[“「]")
_NOT_BETWEEN = re.compile(r"正式|建立|启动|重点|重大|标志性|重要|各项|这一|该|加快|持续|推动|推进|深入|全面|积极|已|将|合作$")
# an activity that is held on one day is an event
_HELD = re.compile(r"(?:今天|昨天|日前|近日|正式|\d+日|在[^，。；]{1,20})*(?:启动|举行|举办|开幕|开启|拉开)")
# a campaign begins after these, whatever verbs stand in its name (创新型……行动)
_BARE = frozenset({"行动", "计划", "国家战略"})
_BEGUN = re.compile(r"(?:实施|开展|启动|推进|发起|部署)(?:了|好)?")
_MANY = re.compile(r"系列|重大|[各多]项")
_PLAN = re.compile(r"[“「]?十[三四五六]五[”」]?(?:规划(?:和[^，。；、]{2,14}远景目标)?(?:纲要|目标)?)?")
_CIRCLE = re.compile(r"[“「]?(?:\d+|[一二三五十]+)分钟[一-鿿]{2,6}?圈[”」]?")
_COMMUNITY = re.compile(r"(?:中国[—－-]?[一-鿿]{1,5}?|(?!集|从|共)[一-鿿]中|中(?!国)[一-鿿]|网络空间|人类卫生健康|海洋|亚太|亚洲|上海合作组织)命运共同体")
_SPIRIT = re.compile(r"(?:党的|中共)?(?:[一二三四五六七八九十]{1,3}届)?中央纪委[一二三四五六七八九十]次全会精神")
# 党的二十大和二十届二中、三中全会精神 are three
_SPIRITS = re.compile(
    r"(?:(?P<congress>(?:党的|中共)?[一二三四五六七八九十]{1,3}大)(?:和|及|、|以及))?"
    r"(?:(?:党的|中共)?(?P<term>[一二三四五六七八九十]{1,3}届)(?:历次全会|(?P<plenums>(?:[一二三四五六七八九]中(?:全会)?(?:、|和|及))*[一二三四五六七八九]中全会)))精神"
)
_SPIRIT_END = re.compile(r"全会精神")
_PLENUM = re.compile(r"[一二三四五六七八九]中(?:全会(?:精神)?)?")
_PLENUM_AGAIN = re.compile(r"(?:(?P<plenum>[一二三四五六七八九])中)?全会精神")


@cache
def _known() -> dict[str, tuple[tuple[str, str, float], ...]]:
    """Return the known policies by the first two characters of their plain form: plain form, name, confidence."""
    found: dict[str, list[tuple[str, str, float]]] = {}
    for row in rows("policies"):
        plain = row.surface.translate(_QUOTES)
        if row.relation == "policy":
            entry = (plain, row.surface, 0.9)
        elif row.relation == "policy-stock":
            entry = (plain, row.surface, 0.6)
        elif row.relation == "policy-alias":
            entry = (plain, row.expects.split(" ")[0], 0.9)
        else:
            continue
        found.setdefault(plain[:2], []).append(entry)
    return {key: tuple(sorted(entries, key=lambda entry: (-len(entry[0]), -entry[2], entry[1]))) for key, entries in found.items()}


@cache
def _pattern(relation: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return the pattern of the words of one relation, the longest first, between two pieces of a pattern."""
    return re.compile(before + "(?:" + either(surfaces("policies", relation)) + ")" + after)


def policies(scene: Scene) -> Iterator[Mention]:
    """Yield the policies that the story names; all mentions of one policy share its fullest form as name.

    Areas, people and bodies inside the name of a policy (中国 in 一个中国原则) are dropped from the scene.
    """
    found: dict[int, Mention] = {}

    def take(start: int, end: int, name: str | None, rule: str, confidence: float) -> None:
        span = Span(start, end)
        if any(mention.span.overlaps(span) for mention in found.values()):
            return
        if all(mention.kind != "Document" and span.covers(mention.span) for mention in scene.within(span, partly=True)):
            found[start] = scene.mention("Policy", start, end, rule, name=name, confidence=confidence)

    for start, end, name, rule, confidence in _quoted(scene):
        take(start, end, name, rule, confidence)
    for start, end, name, rule, confidence in _listed(scene):
        take(start, end, name, rule, confidence)
    for start, end, name, rule, confidence in _patterned(scene):
        take(start, end, name, rule, confidence)
    for start, end, name, rule, confidence in _headed(scene):
        take(start, end, name, rule, confidence)
    for start, end, name, rule, confidence in _again(scene, tuple(found.values())):
        take(start, end, name, rule, confidence)
    mentions = [found[start] for start in sorted(found)]
    names = _fullest(mentions)
    for mention in mentions:
        for inside in tuple(scene.within(mention.span)):
            scene.drop(inside)
        yield scene.mention("Policy", mention.span.start, mention.span.end, mention.rule, name=names[mention.name], confidence=mention.confidence)


_Found = Iterator[tuple[int, int, str | None, str, float]]


_QUOTE = re.compile("[" + "".join(map(chr, _QUOTES)) + "]")


@cache
def _first() -> re.Pattern[str]:
    return first_of(_known())


def _listed(scene: Scene) -> _Found:
    """Yield the policies of the lexicon, whether the story puts them in quotes or not."""
    text = scene.text
    # the same text without quotes, and where each character stands
    plain = _QUOTE.sub("", text)
    gaps = [quote.start() - count for count, quote in enumerate(_QUOTE.finditer(text))]
    known = _known()
    done = 0
    for begin in _first().finditer(plain):
        position = begin.start()
        if position < done:
            continue
        for word, name, confidence in known.get(plain[position : position + 2], ()):
            if plain.startswith(word, position):
                last = position + len(word) - 1
                start, end = _with_quotes(text, position + bisect_right(gaps, position), last + bisect_right(gaps, last) + 1)
                if len(word) <= 3 and name[0] == "“" and text[start] not in "“「" and text[start - 1] not in "“「":
                    continue  # 五通 in 五通客运码头: so short a slogan is one only in quotes
                yield start, end, name, "policies/known", confidence
                done = position + len(word)
                break


def _with_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch by a quote that it half encloses: “一带一路 → “一带一路”."""
    inside = text[start:end]
    opens, closes = inside.count("“") + inside.count("「"), inside.count("”") + inside.count("」")
    quoted_left = start > 0 and text[start - 1] in "“「"
    if quoted_left and (closes > opens or (opens == closes and text[end : end + 1] in ("”", "」"))):
        start -= 1
        opens += 1
    if opens > closes and end < len(text) and text[end] in "”」":
        end += 1
    return start, end


def _quoted(scene: Scene) -> _Found:
    """“万人助万企”活动 — a quoted word is a policy when a word of use stands before it, or a campaign's word after it."""
    text = scene.text
    if "“" not in text and "「" not in text:
        return
    after_head = _pattern("policy-quote-head", r"(?P<between>[一-鿿]{0,4}?)", r"(?![一-鿿]*?(?:现场会|推进会|动员会|专班|办公室))")
    verb = _pattern("policy-quote-verb", after=r"(?:好|了|新时代)?$")
    refused = frozenset(surfaces("policies", "policy-not"))
    demands = tuple(verb for verb in surfaces("policies", "policy-verb") if len(verb) >= 2)
    refused_after = _pattern("policy-quote-not")
    for match in _QUOTED.finditer(text):
        word, start, end = match[1], match.start(), match.end()
        if word in refused or _SENTENCE_IN_QUOTES.search(word) or text[start - 1 : start] in ("：", ":"):
            continue
        if refused_after.match(text, end) or _NO_CAMPAIGN.search(word):
            continue
        left = text[max(0, start - 12) : start]
        if left.endswith("以") and re.match(r"为(?:主?题|名)", text[end:]):
            continue
        if len(word) >= 6 and word.startswith(demands):
            continue  # “深入实施某战略” quotes what somebody said
        plain = word.translate(_QUOTES)
        entries = _known().get(plain[:2], ())
        onward = text[start : end + 16].translate(_QUOTES)
        if any(len(entry[0]) > len(plain) and onward.startswith(entry[0]) for entry in entries):
            continue  # “三个代表”重要思想 is known as a whole
        known = any(entry[0] == plain for entry in entries)
        head = after_head.match(text, end)
        while head and (longer := after_head.match(text, head.end())) and not longer["between"] and longer[0] not in _WEAK_HEADS:
            head = longer  # 甲服务行动 is one name, not 甲服务
        used = bool(verb.search(left))
        if head and not _is_grammar(head["between"]):
            # 推动“活”起来 has no head; “枫桥经验”工作 keeps to the known name
            if known and (head["between"] or head[0] in _WEAK_HEADS):
                continue
            if _NOT_BETWEEN.search(head["between"]) or (head[0].endswith("活动") and _HELD.match(text, head.end())):
                continue
            weak = head[0][len(head["between"]) :] in _WEAK_HEADS
            if weak and head["between"] and not used:
                continue
            if weak and not (used or _COUNTED.match(word) or _verb_before(left)):
                continue
            if _SELF_NAMED.search(word) and not known:
                yield start, end, None, "policies/quote-self", 0.85
                continue
            yield start, head.end(), None, "policies/quote-head", 0.85
        elif known:
            continue
        elif _SELF_NAMED.search(word):
            yield start, end, None, "policies/quote-self", 0.85
        elif _COUNTED.match(word) and (word[1:2] == "个" or used or _verb_before(left) or _AS_CAMPAIGN.match(text, end)):
            yield start, end, None, "policies/quote-counted", 0.7
        elif used:
            yield start, end, None, "policies/quote-used", 0.7


def _verb_before(left: str) -> bool:
    """Tell whether a verb of use closes the words before a quote."""
    return bool(_pattern("policy-verb", after=r"(?:好|了|新时代)?$").search(left))


def _is_grammar(words: str) -> bool:
    """Tell whether words between a quote and a head are more than a modifier: “甲”等重点工程 is no name."""
    return any(character in "的了和与及等是在为、起来出到" for character in words)


def _patterned(scene: Scene) -> _Found:
    """Yield what is named by a fixed form: “十五五”规划, 15分钟便民服务圈, 党的二十届三中全会精神, 中老命运共同体."""
    text = scene.text
    if "五" in text:
        for match in _PLAN.finditer(text):
            yield match.start(), match.end(), None, "policies/five-year-plan", 0.7
    if "分钟" in text:
        for match in _CIRCLE.finditer(text):
            yield match.start(), match.end(), None, "policies/circle", 0.75
    if "精神" in text:
        for match in _SPIRIT.finditer(text):
            yield match.start(), match.end(), None, "policies/spirit", 0.85
        yield from _spirits(text)
    if "命运共同体" in text:
        for match in _COMMUNITY.finditer(text):
            yield match.start(), match.end(), None, "policies/community", 0.6


def _spirits(text: str) -> _Found:
    """Yield the spirit of each plenum and congress of a list, and 全会精神 where the story has named one plenum."""
    named: dict[str, str] = {}
    for match in _each_spirit(text):
        if match["congress"]:
            congress = match["congress"].removeprefix("党的").removeprefix("中共")
            yield match.start("congress"), match.end("congress"), f"党的{congress}精神", "policies/spirit", 0.85
        if match["plenums"]:
            parts = list(_PLENUM.finditer(text, match.start("plenums"), match.end()))
            for part in parts:
                number = part[0][0]
                named[number] = f"党的{match['term']}{number}中全会精神"
                start = part.start() if part is not parts[0] else match.end("congress") + 1 if match["congress"] else match.start()
                yield start, part.end(), named[number], "policies/spirit", 0.85
    if not named:
        for match in re.finditer(r"(?:党的|中共)?(?P<term>[一二三四五六七八九十]{1,3}届)(?P<number>[一二三四五六七八九])中全会", text):
            named.setdefault(match["number"], f"党的{match['term']}{match['number']}中全会精神")
    for match in _PLENUM_AGAIN.finditer(text):
        number = match["plenum"] or (next(iter(named)) if len(named) == 1 else "")
        if number in named:
            yield match.start(), match.end(), named[number], "policies/spirit-again", 0.75


def _each_spirit(text: str) -> Iterator[re.Match[str]]:
    """Yield the spirits of plenums; only what ends with their word is looked at."""
    for end in _SPIRIT_END.finditer(text):
        match = _SPIRITS.search(text, max(0, end.end() - 40), end.end())
        while match is not None and match.end() < end.end():
            match = _SPIRITS.search(text, match.start() + 1, end.end())
        if match is not None:
            yield match


def _headed(scene: Scene) -> _Found:
    """实施种业振兴行动 — an unquoted name begins after a verb of use and ends with a campaign's word."""
    text = scene.text
    heads = _pattern("policy-head", after=r"(?=[，。；、！？：\s的和与及等”]|扎实|深入|持续|全面|正在|取得|实施|推进|$)")
    edges = edge_pattern(("policies", "policy-verb"), ("sites", "edge"))
    verb = _pattern("policy-verb", after=r"(?:好|了)?$")
    generic = _pattern("policy-generic", before="^", after="$")
    acts = surfaces("policies", "policy-act")
    starts_generic = re.compile(
        r"^(?:这|那|该|本|各|有|一|几|多|两|三|四|五|六|八|九|十|\d|新|再|不|其|对|按|根据|上述|这些|上[百千万]|近[百千万]|大规模(?!国土))"
    )
    for match in heads.finditer(text):
        start = left_edge(scene, match.start(), edges, least=2)
        if match[0] in _BARE:
            begun = [found.end() for found in _BEGUN.finditer(text, max(0, match.start() - 24), match.start())]
            start = begun[-1] if begun else start
        core = text[start : match.start()]
        if not 2 <= len(core) <= 16 or generic.match(core) or starts_generic.match(core) or not re.fullmatch(r"[一-鿿\w]+", core):
            continue
        left = text[max(0, start - 8) : start]
        if _MANY.search(core) or (match[0] == "计划" and not left.endswith(("实施", "启动"))):
            continue
        if match[0] in _BARE and (len(core) < 4 or core.endswith(acts) or not verb.search(left) or _is_grammar(core)):
            continue  # 开展救援行动 is an act, no campaign
        if verb.search(left) or (re.search(r"(?:^|[\n，。；、“])$", left) and match[0] not in ("战略", "倡议", "攻坚战")):
            yield start, match.end(), None, "policies/verb-and-head", 0.7


def _again(scene: Scene, mentions: tuple[Mention, ...]) -> _Found:
    """Yield what has been found once as a quoted name wherever the story writes it again, with quotes or without."""
    text = scene.text
    done: set[str] = set()
    for mention in mentions:
        if mention.rule == "policies/known" or mention.text in done:
            continue
        done.add(mention.text)
        quoted = _QUOTED.match(mention.text)
        forms = {mention.text, mention.text.translate(_QUOTES)}
        if quoted and len(quoted[1]) > 2:
            forms |= {quoted[0], quoted[1]}
        for form in sorted(forms, key=len, reverse=True):
            position = text.find(form)
            while position >= 0:
                yield position, position + len(form), mention.name, "policies/again", mention.confidence
                position = text.find(form, position + len(form))


def _fullest(mentions: list[Mention]) -> dict[str, str]:
    """Return for each name the fullest one that means the same: “四挂钩” → “四挂钩”考核机制."""
    names = sorted({mention.name for mention in mentions}, key=lambda name: (-len(name), name))
    best: dict[str, str] = {}
    modifiers = frozenset(surfaces("policies", "policy-modifier"))
    plains = {name: name.translate(_QUOTES) for name in names}
    by_quote: dict[str, str] = {}
    for name in names:
        plain = name.translate(_QUOTES)
        quoted = _QUOTED.match(name)
        key = quoted[1] if quoted else plain
        best[name] = by_quote.setdefault(key, name)
        if not quoted:
            best[name] = by_quote.setdefault(plain, best[name])
    for name in names:
        if best[name] == name:  # “枫桥经验” beside 新时代“枫桥经验”
            longer = [other for other in names if plains[other].endswith(plains[name]) and plains[other][: -len(plains[name])] in modifiers]
            if longer:
                best[name] = best[longer[0]]
    return best
