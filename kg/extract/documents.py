"""Find what is issued under a title: 《…》 with its short forms, and laws, drafts and reports that are named without brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.scene import Scene
from kg.lexicon import either, surfaces, words
from kg.model import Mention, Span

_OPEN = {"《": "》", "〈": "〉"}
_LONGEST = 160
_SHORT_FORM = re.compile(r"[（(]以下(?:统一|均|并)?(?:简称|称|简称为)[:：]?[“‘《「]?([^“”‘’《》「」（）()，。\n]{1,20})[”’》」]?[）)]")
_WITHOUT_BRACKETS = re.compile(r"[（(][^（）()]*[）)]|\d{4}(?:年(?:版|度)?)?$")

# A draft: 学前教育法草案, 对外贸易法修正案草案, 关于……的决定草案
_DRAFT = re.compile(
    r"(?:法|条例|办法|规定|规划|纲要|方案|章程|决定|决议|公报|报告)(?:修正案|修订|修正|解释|修改)?草案(?:代拟稿)?|法修正案(?:（[^（）]{1,4}）)?(?:草案)?|法律?解释草案"
)
# Its name begins after the last of these.
_DRAFT_EDGE = re.compile(
    r"[\s，。；：、！？,;:“”《》（）()]|以及|关于(?:提请)?(?:审议|批准|审议批准)?|提请审议|审议|讨论|通过|听取|提出|提请|起草|制定|修改|研究|(?<![应针面相核])对(?!外)|了|将|就|的|(?<=[案法例定议》])[及和与]"
)
_ABOUT = re.compile(
    r"关于(?P<what>[^，。；！？\n《》]{2,70}?)的(?P<head>(?:若干|指导|实施|有关|重大|补充)?(?:决定草案|决议草案|决定|决议|报告|议案|意见|方案|规定|通知|公告|声明|宣言))"
    r"(?=[，。；、！？\s的）)]|并|以及|和|等|作|$)"
)
_ABOUT_SIGN = re.compile(r"听取|审议|审查|通过|宣读|提交|讨论|批准|作的|作了|出台|印发|发布|制定|下发|签署|提请|提出了|公布")
_REPORTED = re.compile(r"审议结果的报告|审议意见的报告|审查结果的报告|执法检查情况的报告|修改情况的报告")
_STUDIED = re.compile(
    r"(?:研究|审议|讨论|审议通过|讨论通过|原则通过|审定|出台|印发|制定|部署落实)了?(?P<name>[^，。；、！？\n《》“”（）的]{4,30}的(?:若干|指导|实施)(?:意见|措施|办法|规定))"
    r"(?=[，。；、！？])"
)
_PASSED = re.compile(
    r"(?:表决通过|审议通过|通过|修订后的|修改后的|新修订的|新修改的|修订|颁布|公布|出台)了?(?:新?修[订改]的|修[订改]后的|新的)?"
    r"(?P<name>[^，。；、！？\s《》“”的和与了关]{2,16}法)(?=[，。；、和与及！？])"
)
# 突发事件应对法律: no law of this name is meant
_LAW_GOES_ON = re.compile(r"[律院官庭规治定]|委员会|制(?!定)|学[^习]|人(?!大)")
# what is issued: 出台养犬管理实施细则, 发布了某核心区建设专项规划
_ISSUED = re.compile(
    r"(?:出台|印发|发布|颁布|公布|制定出台|修订)了?(?P<name>[^，。；、！？\s《》的和与及了将在]{2,26}?(?:条例|实施细则|管理办法|专项规划|行动方案|行动计划|实施方案|实施意见|规划纲要))(?=[，。；、！？和及]|以来|后)"
)
_NO_TITLE = re.compile(
    r"^(?:一系列|多[项个部]|[一二两三四五六七八九十\d]+[项个部]|相关|有关|配套|专门|具体|新的?|首[部个]|这|该|全国首|地方性?|国家级|最新)|系列|一批"
)
# 中尼自由贸易协定, 中老关于构建命运共同体的联合声明
_TREATY = re.compile(
    r"中(?![国方央外])[一-鿿]{1,5}?(?:关于[^，。；、！？\s《》]{4,40}?的)?(?:自由贸易协定|自贸协定|双边投资协定|引渡条约|友好条约|友好合作条约|互免签证协定|联合声明|联合公报|联合宣言)(?!文本)"
)
# 双方发表的联合声明 has no title of its own
_TREATY_GRAMMAR = re.compile(r"^中[^关]{0,5}(?:双方|两国|发表|签署|心|共|间|方|美元|和(?!国))")
_NOT_LAW = re.compile(r"(?:办|做|方|立|执|司|依|违|合|看|说|想|用|疗|书|普|守|学|工作|魔|技|守|宪|刑|民|护|军|打|语|句|加|减|乘|除|无|设)法$")


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """Return the texts everybody knows by name (民法典, 联合国宪章) by their last two characters, the longest first."""
    found: dict[str, list[str]] = {}
    for name in {*surfaces("documents", "document"), *words("laws")}:
        found.setdefault(name[-2:], []).append(name)
    return {key: tuple(sorted(names, key=lambda name: (-len(name), name))) for key, names in found.items()}


@cache
def _last() -> re.Pattern[str]:
    """Return the characters that a known text ends with."""
    return re.compile("[" + "".join(sorted({re.escape(key[1]) for key in _known()})) + "]")


@cache
def _media() -> re.Pattern[str]:
    """Return the pattern of titles in brackets that are newspapers and journals, not texts."""
    return re.compile("(?:" + either(surfaces("documents", "media")) + ")$")


def _bracketed(text: str) -> Iterator[Span]:
    """Yield the outermost 《…》 of a text, nested ones inside; one that is not closed in its line is left out."""
    position = text.find("《")
    while position >= 0:
        depth: list[str] = []
        end = -1
        for here in range(position, min(len(text), position + _LONGEST)):
            character = text[here]
            if character == "\n":
                break
            if character in _OPEN:
                depth.append(_OPEN[character])
            elif depth and character == depth[-1]:
                depth.pop()
                if not depth:
                    end = here + 1
                    break
            elif character == "》":  # 《〈甲》 with a bracket lost on the page: the outer one closes it all
                end = here + 1
                break
        if end > position + 2:
            yield Span(position, end)
            position = text.find("《", end)
        else:
            position = text.find("《", position + 1)


def _plain(name: str) -> str:
    """Return a title without what stands in brackets, and its year: 海商法（修订草案） → 海商法."""
    return _WITHOUT_BRACKETS.sub("", name)


class _Titles:
    """The titles of one story and the short forms that stand for them."""

    def __init__(self) -> None:
        self.full: list[str] = []
        self.short: dict[str, str] = {}

    def learn(self, name: str) -> None:
        """Take in a title, unless it is a short form of one that is there already."""
        if name not in self.full and name not in self.short:
            self.full.append(name)

    def resolve(self, name: str) -> str:
        """Return the full title that ``name`` stands for: by definition, or because one title ends with it."""
        if name in self.short:
            return self.short[name]
        plain = _plain(name)
        longer = [title for title in self.full if len(title) > len(name) and _plain(title).endswith(plain) and not _is_law_of_laws(plain, title)]
        return max(longer, key=len) if longer else name


def _is_law_of_laws(plain: str, title: str) -> bool:
    """Tell whether a title only ends like another by chance: 刑法 and 关于修改刑法 are two texts."""
    return title.startswith(("关于", "国务院关于", "中共中央关于")) and plain.endswith("法")


def documents(scene: Scene) -> Iterator[Mention]:
    """Yield every text that the story names, short forms (《条例》) under the full title."""
    text = scene.text
    taken: list[Span] = []
    titles = _Titles()
    found: list[tuple[Span, str, str, float]] = []
    if "《" in text:
        spans = [span for span in _bracketed(text) if not _is_media(text, span)]
        for span in sorted(spans, key=lambda s: s.start - s.end):  # the longest first
            titles.learn(text[span.start + 1 : span.end - 1].strip())
        for span in spans:
            if match := _SHORT_FORM.match(text, span.end):
                titles.short[match[1].strip()] = text[span.start + 1 : span.end - 1].strip()
        for span in spans:
            name = titles.resolve(text[span.start + 1 : span.end - 1].strip())
            found.append((span, name, "documents/title", 0.95))
        taken.extend(spans)
        for short, name in titles.short.items():
            for match in re.finditer(rf"[“「]{re.escape(short)}[”」]", text):
                found.append((Span(*match.span()), name, "documents/short-form", 0.9))
                taken.append(Span(*match.span()))

    def free(span: Span) -> bool:
        return not any(span.overlaps(other) for other in taken)

    def take(start: int, end: int, rule: str, name: str | None = None, confidence: float = 0.85) -> None:
        span = Span(start, end)
        if free(span):
            taken.append(span)
            found.append((span, span.of(text) if name is None else name, rule, confidence))

    motions: list[tuple[int, int]] = []
    for start, end, rule, whole in _untitled(scene):
        if rule == "documents/about" and text.endswith("议案", 0, end):
            motions.append((start, end))  # what a motion is about is named first
        else:
            take(start, end, rule, whole)
    known = _known()
    for last in _last().finditer(text):
        end = last.end()
        known_name = next((form for form in known.get(text[end - 2 : end], ()) if text.endswith(form, 0, end)), None)
        if known_name is not None and text[end - len(known_name) - 1 : end - len(known_name)] not in ("限", "份") and not _LAW_GOES_ON.match(text, end):
            take(end - len(known_name), end, "documents/known", titles.resolve(known_name), 0.8)
    for start, end in motions:
        take(start, end, "documents/motion", None, 0.6)
    for span, name, rule, confidence in sorted(found, key=lambda entry: entry[0]):
        yield scene.mention("Document", span.start, span.end, rule, name=name, confidence=confidence)


def _is_media(text: str, span: Span) -> bool:
    """Tell whether a title in brackets is a newspaper, a journal or a programme (《甲市日报》记者, 《求是》杂志, 《高端访谈》栏目)."""
    inner = text[span.start + 1 : span.end - 1]
    if _media().search(inner) and not inner.endswith(surfaces("documents", "report")):
        return True
    return text.startswith(("杂志", "记者", "报记者", "栏目", "节目"), span.end)


def _untitled(scene: Scene) -> Iterator[tuple[int, int, str, str | None]]:
    """Yield drafts, laws and reports named without brackets: start, end, rule, full name if the words are only its end."""
    text = scene.text
    if "草案" in text or "修正案" in text:
        for match in _DRAFT.finditer(text):
            start = _draft_start(text, match.start())
            if match.start() - start >= 1 and not text[start : match.start()].startswith(("该", "本", "上述", "相关")):
                yield start, match.end(), "documents/draft", None
    if "关于" in text:
        for match in _ABOUT.finditer(text):
            start, end = match.start(), match.end()
            inner = text.rfind("关于", start + 2, match.start("head"))
            if inner > start:
                start = inner
            sentence = scene.sentence(start)
            if sentence is None or not _ABOUT_SIGN.search(sentence.text):
                continue
            tail = _REPORTED.search(text, start, end)
            if tail is not None and tail.end() == end and "草案" in text[start:end]:
                # 关于某法草案审议结果的报告: the draft has been named already; the rest stands for the report
                yield tail.start(), end, "documents/report-on-draft", text[start:end]
            elif "草案" not in text[start : match.start("head")]:
                yield start, end, "documents/about", None
    for match in _STUDIED.finditer(text):
        yield match.start("name"), match.end("name"), "documents/studied", None
    for match in _ISSUED.finditer(text):
        if not _NO_TITLE.search(match["name"]):
            yield match.start("name"), match.end("name"), "documents/issued", None
    if "协定" in text or "条约" in text or "联合" in text:
        for match in _TREATY.finditer(text):
            if not _TREATY_GRAMMAR.search(match[0]):
                yield match.start(), match.end(), "documents/treaty", None
    if "法" in text:
        for match in _PASSED.finditer(text):
            if not _NOT_LAW.search(match["name"]):
                yield match.start("name"), match.end("name"), "documents/passed", None


def _draft_start(text: str, head: int) -> int:
    """Return where the name of a draft begins; 关于……的决定草案 begins with 关于."""
    clause = max((text.rfind(mark, 0, head) + 1 for mark in "\n，。；！？"), default=0)
    if text.startswith(("决定", "决议"), head):
        about = text.rfind("关于", clause, head)
        if about >= 0 and text[head - 1] == "的":
            return about
    start = max(clause, head - 40)
    for mark in _DRAFT_EDGE.finditer(text, start, head):
        start = mark.end()
    return start
