"""Normal forms of names: a name as a text writes it goes in, the one name that all its spellings share comes out.

Every function is pure: it looks at the name alone, so that the IRI and the label of a thing are the same in every article.
The words (short forms of organs, tails of policies, prefixes) are rows of ``synonyms.tsv`` and ``policies.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from kg.extract.gazetteer import gazetteer
from kg.extract.homes import is_no_area
from kg.lexicon import Row, either, rows, surfaces
from kg.link.areas import lead
from kg.link.iri import bare

_SAME, _FIRST, _LED = "same-as:", "same-as-first:", "same-as-led:"
_BRACKETS = str.maketrans("（）［］〔〕【】", "()()()()")
_LEVELS = "省市县区州旗盟"
_SPACES = re.compile(r"(?<![A-Za-z0-9.,&])\s+|\s+(?![A-Za-z0-9])")

# 中共青岚区委, 中国共产党青岚区纪律检查委员会, 中共青岚区教育局党组; not 中共中央, 中共代表团
_PARTY = re.compile(r"(?:中国共产党|中共)(?!中央)(?=[一-鿿]{2,}(?:委|委员会|党组|支部|总支)|[一-鿿]{2,12}?[省市县区州旗盟镇乡](?:委|纪))")
_COMMITTEE = re.compile(
    rf"(?<=[{_LEVELS}])委员会(?=$|(?:常务|第一)?副?书记|常委|委员(?!会)|办公|组织部|宣传部|统战部|政法委|社会工作部|党校|网信办|编办|巡察)"
)
_TOWN_COMMITTEE = re.compile(r"(?<=[一-鿿][镇乡])(?:委员会|委)(?=$|(?:第一)?副?书记|委员(?!会))")
_REGION_COMMITTEE = re.compile(r"(?<=自治区)(?:委员会|委)(?=$|(?:常务)?副?书记|常委|委员(?!会)|办公|组织部|宣传部|统战部|政法委)")
_STREET_COMMITTEE = re.compile(r"(?<=街道)(?:党?工作委员会|工委)")
_GOVERNMENT = re.compile(rf"(?<=[{_LEVELS}镇乡])人民政府")
# committees that are not the party's
_OTHERS = "政协|共青团|民[革盟建进]|农工党|致公党|九三|台盟|中国|中华|共青"
# 政协青岚区委员会 is 青岚区政协, 共青团青岚区委 is 青岚区团委
_PRECEDED = re.compile(rf"(?P<what>中国人民政治协商会议|政协|中国共产主义青年团|共青团)(?P<area>[一-鿿]{{2,12}}?[{_LEVELS}])(?:委员会|委)(?!会)")
# 青岚区政府区长 is 青岚区区长
_HEAD_OF_GOVERNMENT = re.compile(rf"(?<=([{_LEVELS}镇乡]))政府(?=(?:代理?|常务|挂职)?副?\1长)")
# 代理区长 and 代区长 are one
_ACTING = re.compile(rf"代理(?=[{_LEVELS}镇乡院]长|检察长|主任|书记|主席)")
_TERM = "第?[一二三四五六七八九十]+[届任]"
# 中华人民共和国主席 is 国家主席; 第二十届中央委员会总书记 is 中共中央总书记
_CENTRAL = (
    (re.compile(r"^中华人民共和国(?=副?主席$)"), "国家"),
    (re.compile(r"^中国(?=国家副?主席$)"), ""),
    (re.compile(r"^中华人民共和国(?:中央军委|中央军事委员会)"), "中央军委"),
    (re.compile(rf"^(?:中国共产党|中共)?(?:{_TERM})?(?:中共)?中央(?:委员会)?(?=总书记$)"), "中共中央"),
    (re.compile(rf"^(?:{_TERM})?中央政治局(?=委员$|常委$)"), "中共中央政治局"),
    (re.compile(rf"^{_TERM}(?=中央)"), ""),
)
# 俄罗斯联邦总统 is 俄罗斯总统, 法国新任总理 is 法国总理
_STATE = re.compile(
    r"^(?:(?:民主主义|社会主义|民主社会主义|伊斯兰|联邦|民主|人民|阿拉伯|多民族|合作|玻利瓦尔|东方)*(?:共和国|王国)|联邦)?"
    rf"(?:新一届|新任|现任|当选|{_TERM})?(?=副?(?:总统|国家主席|总理|首相|国王|女王|王储|议长)$|外交部|国防部)"
)
# 宣传部长 is 宣传部部长
_HEAD_OF_OFFICE = re.compile(r"(?<=[一-鿿])(?<![部局厅署副代总原老各前两双])([部局厅署])长$")


def _tidy(name: str) -> str:
    """Return a name without quotes and titles' brackets, round brackets written alike, spaces only inside Latin names."""
    spaced = _SPACES.sub("", name.strip())
    folded = " ".join(bare(part) for part in spaced.split()) if bare(spaced) != spaced else spaced
    return folded.translate(_BRACKETS)


# ------------------------------------------------------------ organs


@cache
def _organs() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all forms of the organs of ``synonyms``, and the form that the graph writes for each."""
    anywhere, first = ({form: row.surface for row in _rows(how) for form in (row.surface, row.relation.removeprefix(how))} for how in (_SAME, _FIRST))
    # 最高法 is no part of 最高法院, 发改委 none of 发改委员会, 街道办 none of 街道办公室
    guard = r"(?!(?<=委)员会|(?<=办)[公事]|(?<=最高法)院|(?<=最高检)察)"
    return re.compile(f"(?:^(?:{either(first)})|{either(anywhere)}){guard}"), anywhere | first


def _rows(how: str) -> tuple[Row, ...]:
    return tuple(row for row in rows("synonyms") if row.relation.startswith(how))


@cache
def _led() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Return the short forms that stand for an organ only after an area (青岚区法院), with their pattern and the organ."""
    pairs = [(row.relation.removeprefix(_LED), row.surface) for row in _rows(_LED)]
    return tuple((re.compile(rf"(?:(?<=[{_LEVELS}])|(?<=中级|高级)){re.escape(short)}"), short, form) for short, form in pairs)


def _spelled(name: str) -> str:
    pattern, form = _organs()
    for led, _, organ in _led():
        name = led.sub(organ, name)
    while (spelled := pattern.sub(lambda found: form[found.group()], name)) != name:  # 中华全国妇女联合会, 中华全国妇联, 全国妇联
        name = spelled
    return name


@cache
def _others() -> dict[str, tuple[str, ...]]:
    others: dict[str, list[str]] = {}
    for how in (_SAME, _FIRST):
        for row in _rows(how):
            others.setdefault(row.surface, []).append(row.relation.removeprefix(how))
    return {form: tuple(found) for form, found in others.items()}


def _without_above(name: str) -> str:
    """郑州市管城回族区委 → 管城回族区委: the areas above an area say nothing more."""
    found = lead(name)
    return found.area + found.rest if found.above else name


def above(name: str) -> tuple[str, ...]:
    """Return the areas that a body's or a post's name writes above its own (中共开封市鼓楼区委 → 开封市)."""
    return lead(_PARTY.sub("", _tidy(name))).above


def _committees(name: str) -> str:
    name = _PRECEDED.sub(lambda found: found["area"] + ("政协" if "政" in found["what"] else "团委"), name)
    name = _REGION_COMMITTEE.sub("党委", name)
    name = _STREET_COMMITTEE.sub("党工委", name)
    name = _TOWN_COMMITTEE.sub("党委", name)
    found = _COMMITTEE.search(name)
    if found is not None and not is_no_area(name[: found.start()]):
        name = name[: found.start()] + "委" + name[found.end() :]
    return name


@lru_cache(maxsize=1 << 14)
def body(name: str) -> str:
    """Return the name of a body that all its spellings share.

    >>> body("中共青岚区委员会"), body("云州市青岚区教育局"), body("青岚区发改局"), body("青岚区人民政府")
    ('青岚区委', '青岚区教育局', '青岚区发展和改革局', '青岚区政府')
    """
    plain = _committees(_without_above(_PARTY.sub("", _tidy(name))))
    return _spelled(_GOVERNMENT.sub("政府", _without_above(plain)))


@lru_cache(maxsize=1 << 14)
def post(name: str) -> str:
    """Return the name of a post that all its spellings share.

    >>> post("中共青岚区委员会书记"), post("云州市青岚区人民政府副区长"), post("青岚区委宣传部长")
    ('青岚区委书记', '青岚区副区长', '青岚区委宣传部部长')
    >>> post("中华人民共和国主席"), post("第二十届中央委员会总书记"), post("俄罗斯联邦第八届总统"), post("沙特王储")
    ('国家主席', '中共中央总书记', '俄罗斯总统', '沙特阿拉伯王储')
    """
    form = _of_state(_ACTING.sub("代", _HEAD_OF_GOVERNMENT.sub("", body(name))))
    return form if form[:-2] in gazetteer().names else _HEAD_OF_OFFICE.sub(r"\1\1长", form)


def _of_state(name: str) -> str:
    """Return the name of a post of a state under the common name of the state, and of a central one without the term it is of."""
    for pattern, form in _CENTRAL:
        name = pattern.sub(form, name)
    known = gazetteer()
    country = next((name[:length] for length in range(min(len(name), 12), 1, -1) if name[:length] in known.foreign), None)
    if country is None or country.startswith("刚果"):  # two states bear the name
        return name
    return known.full.get(country, country) + _STATE.sub("", name[len(country) :])


def other_forms(name: str) -> Iterator[str]:
    """Yield what else a body or post of this normal form is called; they help to find it.

    >>> list(other_forms("青岚区人民法院院长")), list(other_forms("青岚区委"))
    (['青岚区法院院长'], ['中共青岚区委', '中共青岚区委员会'])
    """
    if re.fullmatch(rf"(?!{_OTHERS})[一-鿿]{{2,}}[{_LEVELS}]委", name):
        yield f"中共{name}"
        yield f"中共{name}员会"
    if re.fullmatch(rf"[一-鿿]{{2,}}[{_LEVELS}镇乡]政府", name):
        yield f"{name[:-2]}人民政府"
    for _, short, organ in _led():
        if organ in name and not name.startswith("最高"):
            yield name.replace(organ, short, 1)
            return
    pattern, _ = _organs()
    found = pattern.search(name)
    if found is not None:
        for other in _others().get(found.group(), ()):
            yield name[: found.start()] + other + name[found.end() :]


_GOVERNS = re.compile(r"(?:委|委员会|政府|局|厅|办|办公室|部|署|处|站|派出所|队|法院|检察院|国务院|大会|常委会|管委会|政协|人大|工会|联|协|党组|支部|总支)$")
_NO_GOVERNING = re.compile(r"(?:俱乐|项目|事业|营业|分)部$|(?:车|服务|加油|电)站$")


def is_organ(name: str) -> bool:
    """Tell whether a body has a jurisdiction by its last word (局, 委, 法院), as a company or a school has none."""
    return _GOVERNS.search(name) is not None and _NO_GOVERNING.search(name) is None


@cache
def leaning_organs() -> frozenset[str]:
    """Return the names that are an organ or a department of some area, and do not say of which: 宣传部, 发展和改革局."""
    said = {*surfaces("organs", "organ"), *surfaces("organs", "department"), *_organs()[1]}
    return frozenset(map(_spelled, said)) - frozenset(surfaces("organs", "known"))


# ------------------------------------------------------------ policies

_OPEN, _CLOSE = "“「‘『\"", "”」’』\""
_NUMERAL = re.compile(r"[二两三四五六七八九十百千万双](?![大边向重项岸年亿])(?!.*[年大项个批类种期轮级月天]$)[^一二两三四五六七八九十].{1,4}")
_STRATEGY = re.compile(r"(.{4,}?)(?:国家)?战略")
_NO_STRATEGY = re.compile(r"(?:新|重大|大|总体|国家发展)$")


@cache
def _tails() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a quoted name with a generic tail (“四挂钩”考核机制), and of an unquoted one."""
    tail = either((*surfaces("policies", "policy-tail"), *surfaces("policies", "policy-tail-name")))
    quoted = re.compile(rf"[{_OPEN}](?P<core>[^{_OPEN}{_CLOSE}]{{2,14}})[{_CLOSE}](?P<tail>(?:{tail}){{1,2}})")
    return quoted, re.compile(rf"(?P<core>.{{2,6}}?)(?P<tail>(?:{tail}){{1,2}})")


@cache
def _known_policies() -> frozenset[str]:
    known = [row.surface for row in rows("policies") if row.relation in ("policy", "policy-stock")]
    cores = [found["core"] for surface in known if (found := _tails()[0].fullmatch(surface)) is not None]  # 双碳 of “双碳”目标
    return frozenset(map(bare, known + cores))


@lru_cache(maxsize=1 << 14)
def policy(name: str) -> str:
    """Return the name of a policy that all its spellings share, without quotes and without a tail that says only what kind it is.

    行动, 工程, 计划, 活动 belong to the name of a campaign (“清风”行动), unless it is a count of things (“四挂钩”行动) or says itself what it is.

    >>> policy("“四挂钩”考核机制"), policy("四挂钩考核机制"), policy("乡村振兴战略"), policy("“清风”行动"), policy("乡村建设行动")
    ('四挂钩', '四挂钩', '乡村振兴', '清风行动', '乡村建设行动')
    """
    quoted, plain = _tails()
    whole = _tidy(name)
    found = quoted.fullmatch(name.strip())
    if found is not None:
        core = _tidy(found["core"])
        named = found["tail"] in surfaces("policies", "policy-tail-name")
        if not named or _is_count(core) or len(core) >= 4 or core in _known_policies():
            return core
    found = plain.fullmatch(whole)
    if found is not None and (_is_count(found["core"]) or (found["core"] in _known_policies() and found["core"][0] in "双两三四五六七八九十")):
        return found["core"]
    strategy = _STRATEGY.fullmatch(whole)
    if strategy is not None and not _NO_STRATEGY.search(strategy[1]) and strategy[1] not in surfaces("policies", "policy-generic"):
        return strategy[1]
    return whole


def _is_count(core: str) -> bool:
    """Tell whether a name counts things (四挂钩, 百千万, 万人助万企), so that it names a policy without its tail."""
    return core == "百千万" or _NUMERAL.fullmatch(core) is not None


# ------------------------------------------------------------ documents, projects, places

_REVISED = re.compile(r"\((\d{4})年?(修订|修正)[版本]?\)$")
_LAW = re.compile(r"中华人民共和国(?=[一-鿿]+(?:法|法典)$)")
_PHASE = re.compile(r"\(([一二三四五六七八九十\d]+[期标]\w{0,2})\)")
_PROJECT = re.compile(r"(?<=[一-鿿]{3})项目(?=$|\(?[一二三四五六七八九十\d]+期\)?$)|(?<=[一-鿿]{3}[一二三四五六七八九十\d]期)项目$")


@lru_cache(maxsize=1 << 12)
def document(title: str) -> str:
    """Return the title of a document without title marks; an edition (2024年修订), 试行 or 草案 stays, brackets written alike.

    >>> document("《中华人民共和国民法典》"), document("《青岚区水资源管理办法》（2024年修订版）")
    ('民法典', '青岚区水资源管理办法(2024年修订)')
    """
    return _LAW.sub("", _REVISED.sub(r"(\1年\2)", _tidy(title)))


@lru_cache(maxsize=1 << 12)
def project(name: str) -> str:
    """Return the name of a project without quotes, with the word 项目 where it says what is done, without where it says what is built.

    The phases of a project stay apart.

    >>> project("“松涛里”城市更新"), project("松涛里城市更新项目（一期）"), project("青岚湾产业园项目")
    ('松涛里城市更新项目', '松涛里城市更新项目一期', '青岚湾产业园')
    """
    return _works().sub(r"\g<0>项目", _PROJECT.sub("", _PHASE.sub(r"\1", _tidy(name))))


@cache
def _works() -> re.Pattern[str]:
    """Return the pattern of the last word of a name that says what is done: 松涛里城市更新|一期."""
    words = (line for line in (files("kg.ontology") / "lexicon" / "project-works.txt").read_text("utf-8").splitlines() if not line.startswith("#"))
    return re.compile(rf"(?<=[一-鿿]{{2}})(?:{either(words)})(?=(?:[一二三四五六七八九十\d]+期)?$)")


def key(name: str) -> str:
    """Return a normal form without spaces, as it stands in an IRI."""
    return bare(name)


def place(name: str) -> str:
    """Return the name of a place without quotes, brackets written alike."""
    return _tidy(name)


def area(name: str) -> str:
    """Return the name of an area in full: a province, prefecture or country in its short form spelled out.

    >>> area("河南"), area("青岚区")
    ('河南省', '青岚区')
    """
    full = gazetteer().full.get(name, name)
    return name if "（" in full else full  # 刚果 may be either of two
