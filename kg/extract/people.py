"""People: a scene goes in, its persons and posts come out, and who holds, held or is to hold which post."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.extract.gazetteer import gazetteer, short_forms
from kg.extract.homes import BEFORE_ORGAN
from kg.extract.names import (
    DOTS,
    chinese_lengths,
    dotted_names,
    fold_dots,
    is_chinese_shape,
    is_transcribed,
    occurrences,
    surname_length,
)
from kg.extract.posts import Run, full_names, runs
from kg.extract.scene import Scene
from kg.lexicon import either, rows, surfaces, words
from kg.model import Evidence, Mention, Refusal, Span, Tenure

_AFTER = re.compile(
    r"(?=[，。、；：,;:！？!?（()）”“》\n]|$|和|及|与|同|以及|等|一行|分别|"
    r"先后|现场|当场|随即|随同|随行|当即|回应|实地|深入|主持|出席|参加|陪同|强调|指出|要求|表示|介绍|认为|说|提出|希望|宣布|"
    r"致辞|讲话|发言|作|在|到|来|对|向|就|以|为|从|于|率|带|受|应|代表|会见|会谈|"
    r"调研|视察|考察|检查|督导|督查|看望|慰问|走访|察看|查看|观摩|汇报|通报|宣读|总结|部署|"
    r"会[上前后]|当(?:地|天|日|晚|局|时|前|年)|热烈|通(?:电话|话|过)|本次|此次|出任|当选|任|拟|不再|辞去|历任|接任|升任|连任|卸任|被|曾|担任|兼|还|也|又|则|都|一同|共同|一道|并|随后|首先|亲自|签署|签|见证|致|听取|了解|询问|前往|赴|抵达|乘|离开|结束|"
    r"接受|接见|同志|先生|女士|所|的|被|由|将|已|是|十分|亲切|高度|主动|围绕|结合|代|召开|举行|组织|传达|领学|带队|带领|陪|独任|邀请|感谢|祝贺|欢迎|呼吁|坦言|笑|激动|高兴|自豪|回忆|告诉|透露|解释|补充|举例|算|告|叮嘱|勉励|寄语|重申|赞|愿|日前|近日|今天|上午|下午|\d)"
)
_VERBS = re.compile("|".join(sorted((word for word in re.findall(r"[一-鿿]{2,}", _AFTER.pattern)), key=lambda word: (-len(word), word))))
_STRONG = re.compile(rf"[，、；,;]|{_VERBS.pattern}|建议|认为|应邀|说|等(?![待到候])|一边|抓起|拿|领着|指着|捧|边")
_COLLECTIVE = frozenset({
    "会议", "单位", "干部", "代表", "全程", "高位", "高度", "全面", "当场", "当天", "当日", "每天", "每年", "今年", "去年", "明年", "日前", "近日",
    "昨日", "今日", "会上", "会后", "会前", "人员", "群众", "同志", "团队", "部门", "机关", "成员", "工作", "办公", "职务", "方面", "全会", "大会",
    "论坛", "讲话", "精神", "思想", "要求", "指数", "资格", "意见", "名单", "写信", "回信", "来信", "嘱托", "重托", "关怀", "负责", "指挥", "亮相",
    "书面", "指示", "批示", "任期", "任内", "期间", "级别", "以上", "以下", "会见", "接待", "热线", "信箱", "专线", "专项", "委托", "领导", "有关",
    "相关", "主要", "全体", "全部", "一行", "等人", "多次", "再次", "首次", "分别", "共同", "亲自", "现场", "实地", "先后", "应邀", "集体", "个人",
    "家属", "家人", "夫人", "夫妇", "伉俪", "阁下", "本人", "助理", "秘书", "职位", "岗位", "人选", "候选", "补选", "选举", "当选", "述职", "履职",
    "离任",
})  # fmt: skip
_JAPANESE = re.compile(r"[一-鿿][田中山川本村野原木林井岛崎藤谷口上下尾泽桥][一-鿿]{2}$")
_BODY_ENDS = frozenset("会组部委局厅办室队团")
_NO_BEGINNING = frozenset("和与及在到来对向就以为从于率带受应任兼还也又则都并致赴乘所的被由将已是代陪笑算告赞愿要作时等上下一不这那各其有无再正按据经会们")
_NO_INSIDE = frozenset("的了在是着得们这那和与及被把将从给让使其该此并而则都已正还又再很更最就，。、")
_NOT_NAMES = re.compile(
    r"^(?:通电话|通话|通信|通车|边海|双方|各方|多方|全家|家里|家中|家人|职务|应邀|应约|关于|和|及|于|向|从|经|任|时任|全面|同时|"
    r"安排|明确|计划|成立|平均|常年|常态|常委|常务|乐于|同意|要|作|时|等|宣|介绍|代表|讲话|来到|查看|支持|支部|组织|组长|单位|相关|有关|"
    r"别|参加|都|并|包括|方面|方式|高度|高质|国家|国际|国内|公开|公布|充分|充满|能够|文件|文化|"
    r"文明|水平|水利|安全|安装|江西|江苏|广东|广西|云南|贵州|陕西|甘肃|山东|山西|河北|河南|湖南|湖北|"
    r"海南|宁夏|黑龙|吉林|辽宁|四川|重庆|上海|北京|天津|武汉|成都|温室|温度|干部|干群|马上|"
    r"万人|万众|万元|万亩|步伐|车间|车辆|花园|金融|金额|黄河|长江|江河|相互|相继|幸福|应当|应急|应用|"
    r"连续|连线|连接|连夜|易地|易于|终于|终身|於|商务|商业|商会|谈判|谈话|鲜明|强化|强调|强力|"
    r"解决|解读|施工|施策|成效|成果|成员|成功地|左右|石油|古代|古镇|项目|严格|严肃|严厉|严防|明年|明天|"
    r"管理|管委|管控|车站|路线|路径|雷电|雷达|方案|方针|方法|景区|景观|党员|党委|党组|党建|党内|党史|"
    r"农村|农业|农民|钟山|钱塘|华夏|华侨|华人|华为|华北|华南|华东|华中|房屋|房产|房子|舒适|舒心|古迹|石化|"
    r"郑重|曾经|曾任|毕业|毕竟|凌晨|盛大|盛会|盛夏|游客|游览|竞|巡视|巡察|牛羊|羊|马拉松|龙头|"
    r"龙舟|龙江|龙年|虎年|边疆|边防|边境|向好|向上|向前|向着|秋冬|秋季|秋粮|秋收|夏季|夏粮|夏收|冬|甘于|"
    r"简[历介称化约易便要直]|贺[信电词辞卡礼年]|多[次个名种年家地项位样元国方数么层点]|任务|任何|任免|任期|任职|任用|从事|从严|从而|从中|从此|"
    r"来自|来源|来说|来看|包容|包机|包联|白色|白天|荣获|荣誉|诸多|诸如|童年|童话|戴上|空中|空间|空军|空调|沙漠|沙尘|沙特|佳|支撑|支付|支柱|柴油|"
    r"权力|权利|权益|印发|印尼|印度|卫星|卫生|危机|危险|危房|庄严|庄稼|习俗|习惯|全国|全省|"
    r"全市|全县|全区|全体|全部|全力|全程|全年|全球|全会|全线|全天|全域|全民|满意|满足|满载|花卉|花费)"
)
_VERB_TAIL = re.compile(
    r"作(?:了|交流|部署|说明|发言|报告|讲话|汇报|动员|表态|总结|点评|批示|指示|主旨|专题|典型|经验|"
    r"重要|工作|辅导)|率(?:队|团|代表团)|致辞|致欢迎辞|主持|出席|表示|介绍|强调|指出|说[，：“]|说$"
)
_NEVER = re.compile(
    r"贺[信电词辞]|鲜明(?=提|指|地)|简历|郑重(?=[宣承声提])|多次|再次|"
    r"曾[一两二三多数]次|代表|高(?:位|度|效|标准|质量|频|规格)|靠前|亲临|带头|牵头|和(?:太后|王后|夫人|总理|总统|首相|主席|外长|部长|副)"
)
"""Words that begin like names and never are any."""
_THOUGHT = re.compile(r"^(?:新时代|[一-鿿]{1,6}思想|同志为核心|总书记关于[一-鿿]{2,16}思想)")
_GIVES = re.compile(
    r"(?:任|担任|出任|当选为?|任命[一-鿿·、]{2,20}为|选举[一-鿿·、]{2,20}为|接任|升任|调任|转任|兼任|就任|选为|推选为|聘为|"
    r"聘请?[一-鿿·、]{2,20}为|补选[一-鿿·、]{2,20}为)$"
)
_REMOVES = re.compile(r"(?:(?:不再担任|不再兼任|免去|辞去|卸任|被免去)[其他她]?|免去[一-鿿·、]{2,20}的)$")
_STATE_POSTS = frozenset({
    "主席", "国家主席", "总统", "总理", "首相", "国王", "总书记", "第一书记", "议长", "外长", "副总统", "副总理", "副首相", "王储",
    "总督", "国务卿", "外交部长", "国防部长", "防长", "财长", "埃米尔",
})  # fmt: skip
_NOT_HELD = {
    "former": "以前的职务，不算现任 former post, not held",
    "proposed": "拟任或候选，尚未任职 proposed, not held yet",
    "removed": "免去或不再担任 removed or resigned",
}
_TELLS = re.compile(r"说|一边|介绍|表示|告诉|坦言|笑|激动|高兴|感慨|回忆|感叹|自豪|直言|称|算|道|认为|正|从|在")
_IN_PLACE = re.compile(
    r"居民|村民|群众|站(?=[，。、]|附近|周边)|公司|集团|纪念|广场|大道|路(?!线|演|径)|街(?!坊|头|区道)|"
    r"故居|中学|小学|大桥|公园|同志为|陵|墓|杯|式|精神|法(?!院|官)"
)
_APPOINTS = re.compile(r"(?:任命|选举|补选|推选|聘任|决定任命|当选)")


@dataclass
class People:
    """What was read of people in one scene; filled by ``find_people``."""

    persons: list[Mention] = field(default_factory=list)
    posts: list[Mention] = field(default_factory=list)
    tenures: list[Tenure] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


@cache
def _role_nouns() -> re.Pattern[str]:
    return re.compile(r"(?:" + either(surfaces("posts", "role-noun")) + r")$")


@cache
def _nobody() -> frozenset[str]:
    """Return the words that name nobody though they stand where a name may: 总书记强调, 总理呼吁, and bodies named like persons (哈马斯)."""
    speech = {row.surface for row in rows("speech") if row.relation.startswith("kg:")}
    return words("no-persons") | speech | frozenset(surfaces("organs", "known")) | gazetteer().foreign


@cache
def _courtesy() -> re.Pattern[str]:
    return re.compile(either(surfaces("posts", "courtesy")))


class _Namer:
    """Decides where the names of one scene begin and end."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.text = scene.text
        self.seen: dict[int, int] = {start: end for start, end, flag in scene.words if flag == "PER"}
        for start in sorted(self.seen):
            if self.text[start] in "同与和对向由" and is_transcribed(self.text[start + 1 : self.seen[start]]):
                self.seen[start + 1] = self.seen.pop(start)
        for start in sorted(self.seen):
            end = self.seen.get(start)
            follow = None if end is None else self.seen.get(end)
            while end is not None and follow is not None and follow - start <= 8:
                if not _sounds_mostly(self.text[start:follow]) and not (end - start == 1 and is_transcribed(self.text[end:follow])):
                    break
                self.seen[start] = follow
                del self.seen[end]
                end, follow = follow, self.seen.get(follow)
        for start in sorted(self.seen):
            end = self.seen.get(start)
            after = None if end is None else self.seen.get(end + 1)
            if end is not None and after is not None and self.text[end] in "-－—–" and is_transcribed(self.text[start:end]):
                self.seen[start] = after
                del self.seen[end + 1]
        for start in sorted(self.seen):
            if self._is_cut_short(start):
                self.seen[start - 1] = self.seen.pop(start)
        self.dots: dict[int, int] = {}
        for start, end in dotted_names(scene.text):
            if self._is_dotted_name(start, end):
                self._dotted(start, end)

    def _is_cut_short(self, start: int) -> bool:
        """Tell whether the tagger leaves the first character of a transcribed name to the title before it: 发言人扎|哈罗娃."""
        text = self.text
        if start < 3 or not is_transcribed(text[start - 1 : self.seen[start]]):
            return False
        word = self.scene.word(start - 1)
        return (word is None or word[1] - word[0] == 1) and _ends_title().search(text[max(0, start - 6) : start - 1]) is not None

    def _is_dotted_name(self, start: int, end: int) -> bool:
        """Tell whether the words around a dot are a name (not 合作·共赢): the tagger says so, or they transcribe."""
        if any(start <= position < end for position in self.seen):
            return True
        letters = [character for character in self.text[start:end] if character not in DOTS]
        return sum(character in _transcribing() for character in letters) >= 0.8 * len(letters)

    def _dotted(self, start: int, end: int) -> None:
        """Settle a dotted name: where the tagger or the characters end it."""
        scene, text = self.scene, self.text
        first = min(position for position in (text.find(dot, start, end) for dot in DOTS) if position >= 0)
        last = max(text.rfind(dot, start, end) for dot in DOTS)
        begin = first
        while begin > start and (is_transcribed(text[begin - 1] * 2) or begin == first):
            begin -= 1
        for cut in range(begin, first):
            word = scene.word(cut)
            if word is not None and word[0] == cut and word[2] == "PER":
                begin = cut
                break
        word = scene.word(first)
        if word is not None and word[2] == "PER" and start <= word[0] < first:
            begin = word[0]
        if begin > 1 and text[begin - 1] in "-－—–" and (word := scene.word(begin - 2)) is not None and word[2] == "PER":
            begin = word[0]  # 卡瑟姆-若马尔特·托卡耶夫
        while begin > start and text[begin - 1] in _transcribing():
            word = scene.word(begin - 1)
            before = scene.word(begin - 2) if begin - 2 >= start else None
            if word is not None and word[2] == "PER" and _sounds_mostly(text[word[0] : begin]):
                begin = max(start, word[0])
            elif before is not None and before[2] == "PER" and before[1] == begin - 1:
                begin -= 1
            else:
                break
        finish = last + 1
        while finish < end and text[finish] in _transcribing():
            finish += 1
        finish = max(finish, min(end, last + 2))
        least = last + 2
        word = scene.word(last + 1)
        if word is not None and word[2] == "PER":
            least = min(end, max(least, word[1]))
            finish = max(finish, least)
        if text[finish : finish + 1] == "地" and finish < end:  # 吐尔地: no adverb begins with a name
            finish += 1
        for position in range(least, finish):
            here = scene.word(position)
            if text[position] == "地":
                continue
            if here is not None and here[0] == position and here[2] in ("v", "p", "c", "w", "d", "u", "ad", "vd", "a", "n", "f") and (
                here[1] > finish or here[1] - here[0] >= 2 or here[2] in ("p", "c", "w", "u")
            ):
                finish = position
                break
        self.dots[begin] = finish

    def at(self, position: int, *, trusted: bool) -> int | None:
        """Return where the name ends that begins at ``position``; ``trusted``: a title stands just before it."""
        end = self._read(position, trusted=trusted)
        if end is None:
            return None
        name = self.text[position:end]
        area = gazetteer().ending(self.text, end, 10)
        if area in gazetteer().foreign and len(area or "") > len(name):
            return None  # 安提瓜和|巴布达
        return None if name in _nobody() else end

    def _read(self, position: int, *, trusted: bool) -> int | None:
        scene, text = self.scene, self.text
        if position in self.dots:
            return self.dots[position]
        if _NEVER.match(text, position):
            return None
        if trusted:
            for begin in range(position + 1, position + 7):
                if begin in self.dots and _sounds(text[position:begin]):  # 乡长买/买提江·吐尔逊, 总理让-克洛德·杜兰
                    self.dots[position] = self.dots.pop(begin)
                    return self.dots[position]
        seen = self.seen.get(position)
        if seen is not None and text[seen - 1] == "通" and text.startswith(("电话", "话"), seen):  # 同甲通电话
            seen -= 1
        if seen is not None:
            name = text[position:seen]
            if re.search(r"[-－—–]", name):
                return seen
            longer = text[position : position + 4]
            if _JAPANESE.match(longer) and (len(name) == 4 or (len(name) == 3 and longer[3] in "一二三郎男子美雄夫彦树介司")):
                return position + 4
            is_foreign_shape = is_transcribed(name) or (len(name) >= 4 and _sounds_mostly(name) and not _begins_with_country(name))
            if is_foreign_shape and not is_chinese_shape(name):
                if text[seen : seen + 1] in _transcribing() and not _AFTER.match(text, seen) and _AFTER.match(text, seen + 1):
                    seen += 1  # the tagger ends 奥尔特加 before 加
                return self._hyphen(position, seen)
        best, best_score = None, 0.0
        for length in chinese_lengths(text, position):
            end = position + length
            name = text[position:end]
            score = 0.3 if length - surname_length(text, position) == 2 else 0.0
            if seen == end:
                score += 2
            elif seen is not None and seen > end and length == 3:
                score += 1
            followed = _AFTER.match(text, end) is not None or _courtesy().match(text, end) is not None or (trusted and seen != end and self._is_verb(end))
            score += 1.2 if followed else 0.0 if seen == end and length == 3 and self._stops(end, least=2) else -1.5
            if length == 3 and _VERB_TAIL.match(text, end - 1):
                score -= 2.0
            if followed and trusted:
                score += 0.5
            if scene.is_cut(end):
                score += 1.2
            if text.count(name) > 1:
                followers = {text[start + length : start + length + 1] for start in occurrences(text, name)}
                score += 1.5 if len(followers) > 1 else 0.2
            word_like = _NOT_NAMES.match(text[position : position + 3])
            if word_like and (seen != end or (length == 3 and not followed)):
                # a title before and a comma after outweigh the likeness of the first characters (毕竟成，时运来，和平、)
                goes_past = trusted and position + word_like.end() < end and text[end : end + 1] in "，、,"
                score -= 0.8 if goes_past and scene.is_cut(end) else 2.5
            if not trusted:
                score -= 1.2
            if score > best_score:
                best, best_score = end, score
        if best is not None and best_score >= 1.5:
            return best
        if seen is not None and seen - position >= 2 and is_transcribed(text[position:seen]):
            return self._hyphen(position, seen)
        if trusted and seen is not None and 3 <= seen - position <= 5 and _AFTER.match(text, seen) and not _NOT_NAMES.match(text[position : position + 3]):
            return seen
        if trusted:
            end = position
            while end < len(text) and text[end] in _transcribing() and end - position < 8 and (end == position or not self._stops(end, least=2)):
                end += 1
            is_long = end - position >= 4 or (end - position >= 2 and (seen is not None or not surname_length(text, position)))
            if is_long and not _NOT_NAMES.match(text[position : position + 3]) and (_AFTER.match(text, end) or scene.is_cut(end)):
                return self._hyphen(position, end)
            if seen is not None and is_transcribed(text[position:seen] * 2) and len(text[position:seen]) == 1 and _AFTER.match(text, seen):
                return seen
        return None

    def unlisted(self, position: int) -> int | None:
        """副县长普照应邀, 县领导桑田、安澜 — a name whose surname no list has: a word of its own where only a name can stand."""
        scene, text = self.scene, self.text
        if text[position : position + 1] in _NO_BEGINNING or _VERBS.match(text, position):
            return None
        for length in (2, 3):
            end = position + length
            name = text[position:end]
            if len(name) < length or not all("一" <= character <= "鿿" for character in name) or _NO_INSIDE & set(name):
                return None
            if not scene.is_cut(end) or not _STRONG.match(text, end) or name in gazetteer().names or name in _COLLECTIVE:
                continue
            whole = scene.word(position)
            if self._speaks_again(position, end):
                return end
            if whole is not None and whole[1] < end and whole[2] == "v":
                continue
            inside = {word for word in map(scene.word, range(position, end)) if word is not None}
            is_apart = text[end : end + 1] in "，、," and all(word[2] in ("a", "an", "n", "nz", "PER", "i") for word in inside)
            if not is_apart and not surname_length(text, position) and any(word[1] - word[0] > 1 and word[2] not in ("PER", "nz") for word in inside):
                return None  # 总书记重要讲话, 主席问好, 领导|下: a word that the tagger knows needs a surname to be a name
            if not {word[2] for word in inside} & {"p", "c", "u", "r", "d", "m", "q", "w", "TIME", "ORG"}:
                return end
        return None

    def _speaks_again(self, start: int, end: int) -> bool:
        """Tell whether what follows a title begins a clause of its own elsewhere, before a verb of officials: 书记赏云山主持…。赏云山指出."""
        word, name = self.scene.word(start), self.text[start:end]
        if end - start != 3 or (word is not None and word[1] - word[0] > 1) or name[-1] in _BODY_ENDS:
            return False
        again = (other for other in occurrences(self.text, name) if other != start)
        return any(self.text[other - 1 : other] in "\n。！？" and _VERBS.match(self.text, other + 3) for other in again)

    def _is_verb(self, position: int) -> bool:
        """Tell whether the tagger sees a verb of two characters or more begin at ``position``."""
        word = self.scene.word(position)
        return word is not None and word[0] == position and word[2] == "v" and word[1] - word[0] >= 2

    def _stops(self, position: int, *, least: int = 1) -> bool:
        """Tell whether a word begins here that goes on after a name; a verb of fewer than ``least`` characters may be part of it."""
        word = self.scene.word(position)
        if word is None or (word[2] in ("v", "vn") and word[1] - word[0] < least):
            return False
        return word[0] == position and word[2] in ("v", "p", "c", "d", "u", "w", "vn", "f")

    def _hyphen(self, start: int, end: int) -> int:
        """Return where a transcribed name ends that the tagger ends at ``end``: it may cut it short, or at a hyphen."""
        while end - start < 8 and self.text[end : end + 1] in _transcribing() and not _AFTER.match(self.text, end) and not self._stops(end):
            end += 1
        match = re.match(r"[-－—–][一-鿿]{2,6}", self.text[end : end + 8])
        if match and all(character in _transcribing() for character in match.group()[1:3]):
            stop = end + 1
            while stop < len(self.text) and self.text[stop] in _transcribing() and not (stop > end + 2 and self._stops(stop)):
                stop += 1
            return stop
        return end


def _sounds(words: str) -> bool:
    """Tell whether words may begin a transcribed name, a hyphen included (让-)."""
    return all(character in _transcribing() or character in "-－—–" for character in words)


def _sounds_mostly(words: str) -> bool:
    return sum(character in _transcribing() for character in words) >= 0.75 * len(words)


def _begins_with_country(words: str) -> bool:
    return any(words[:length] in gazetteer().foreign for length in range(2, len(words)))


def _transcribing() -> frozenset[str]:
    from kg.extract.names import transcription

    return transcription()


def find_people(scene: Scene, bodies: list[tuple[Span, str]]) -> People:
    """区委副书记、区长丁晓永 — read persons, posts and who holds them; mentions are added to the scene as well."""
    found = People()
    namer = _Namer(scene)
    text = scene.text
    titled: list[tuple[Run, list[str], int, int]] = []
    spans: dict[int, int] = {}
    plain: Counter[str] = Counter()
    for run in runs(scene):
        names = full_names(scene, run, bodies)
        for piece, name in zip(run.pieces, names, strict=True):
            body = name[: -len(piece.head)] if name.endswith(piece.head) else ""
            if body and piece.body:
                bodies.append((Span(piece.start, piece.end), body))
        start = run.end
        if (aside := _ASIDE.match(text, start)) is not None:
            start = aside.end()
        if text.startswith(("职务", "一职", "职位", "岗位"), start):
            titled.append((run, names, -1, -1))
            continue
        if text[start : start + 1] in "“\"" and not text[start + 1 : start + 2]:
            continue
        end = None if scene.is_credit(start) else namer.at(start, trusted=True)
        if end is not None and not _overlaps_title(text, start, end):
            spans[start] = end
            titled.append((run, names, start, end))
            continue
        before = _name_before(scene, namer, run)
        if before is not None:
            spans.setdefault(*before)
            titled.append((run, names, *before))
            continue
        last = run.pieces[-1]
        is_full = last.implied is None and bool(last.body or run.pieces[0].body or len(last.head) > 2) and last.head not in _STATE_POSTS
        end = None if scene.is_credit(start) or not is_full else namer.unlisted(start)
        if end is not None and not _overlaps_title(text, start, end):
            spans[start] = end
            titled.append((run, names, start, end))
            continue
        titled.append((run, names, -1, -1))
    shorts = {short for found_area in scene.areas for short in short_forms(found_area.name)}
    # names without a title: the tagger's, the dotted ones, those after 居民 or before 同志
    for start, end in namer.dots.items():
        if not scene.is_credit(start):
            spans.setdefault(start, end)
    for start, seen in namer.seen.items():
        if start in spans or scene.is_credit(start) or not scene.is_free(Span(start, seen)):
            continue
        if _THOUGHT.match(text[seen : seen + 24]) or "某" in text[start:seen]:
            continue
        if text[start - 1 : start] == "“" and text[seen : seen + 1] == "”":  # “海马斯”火箭炮
            continue
        if any(begin <= start < finish for begin, finish in spans.items() if abs(begin - start) < 16):
            continue
        area = scene.area_at(start)
        if text[start:seen] in shorts:
            continue
        if _IN_PLACE.match(text, seen) or (area is not None and area.end >= seen and len(area.name) >= 3):
            continue
        end = namer.at(start, trusted=_role_nouns().search(text[max(0, start - 5) : start]) is not None)
        if end is not None and not _overlaps_title(text, start, end) and _is_person(text, start, end, seen):
            spans[start] = end
    for pattern in (_role_nouns_anywhere(),):
        for match in pattern.finditer(text):
            start = match.end()
            if start in spans or scene.is_credit(start):
                continue
            end = namer.at(start, trusted=True)
            known = namer.seen.get(start) == end or (end is not None and _TELLS.match(text, end) is not None)
            if match.group().endswith(("领导", "干部")):
                end = end or namer.unlisted(start)
                known = known or (end is not None and text[end : end + 1] in ("、", "，") and surname_length(text, start) > 0)
            if end is not None and known and _AFTER.match(text, end) and not scene.word_covers(start - 1, start + 1):
                spans[start] = end
    for match in _QUOTED.finditer(text):
        start, end = match.span(1)
        name = match.group(1)
        for length in (3, 2, 4):  # 搬迁户|程守业
            lead = name[:-length]
            is_role = _role_nouns().search(lead) is not None or (_ROLE_END.search(lead) is not None and scene.is_cut(end - length))
            if length < len(name) and is_chinese_shape(name[-length:]) and is_role:
                start, name = end - length, name[-length:]
                break
        if start in spans or scene.is_credit(start) or _GROUPS_SAY.search(name) or name in _COLLECTIVE or not scene.is_free(Span(start, end)):
            continue
        if is_chinese_shape(name) or (len(name) >= 3 and is_transcribed(name)):
            spans[start] = end
    for match in _role_nouns_anywhere().finditer(text):
        start = match.end()
        end = None if start in spans or scene.is_credit(start) else namer.at(start, trusted=True)
        if end is not None and end - start >= 2 and any(text[begin:finish] == text[start:end] for begin, finish in spans.items()):
            spans[start] = end  # 退休教师时来运, who speaks later
    _listed(scene, namer, spans)
    for start in _appointed(scene):
        if start not in spans:
            end = namer.at(start, trusted=True)
            if end is not None:
                spans[start] = end
    spans = _settle(text, spans)
    places = _places(text, spans, {start for _, _, start, _ in titled})
    spans = {start: end for start, end in spans.items() if text[start:end] not in places}
    for start, end in spans.items():
        plain[text[start:end]] += 1
    mentions = _mentions(scene, spans)
    for mention in mentions:
        found.persons.append(mention)
    by_start = {mention.span.start: mention for mention in mentions}
    countries = _countries(titled, by_start)
    _one_seat(scene, titled, by_start, countries)
    for run, names, start, _ in titled:
        person = by_start.get(start) if start >= 0 else None
        _hold(scene, found, run, names, person, by_start, countries)
    return found


_LISTED_ON = r"(?:(?:[、和及]|以及)[一-鿿]{2,8}?)*"
_PLACE_AFTER = re.compile(
    rf"{_LISTED_ON}等?(?:多个?|各)?(?:地(?=[，。、的遭进打击])|地区|方向|一线|战线|前线|难民营|社区|核电站|定居点|口岸|境内|附近|周边"
    r"|[东西南北]部|以[东西南北]|[州市镇村港](?![长委政]))"
)
_PLACE_BEFORE = re.compile(
    r"(?:(?:城市|城镇|重镇|小镇|港口|村庄|地带)(?:的)?|(?:地带|境内|[国兰嫩克斯亚])[东西南北中]部(?:的)?"
    r"|位于|控制|攻占|夺取|占领)[一-鿿]?$"
)


def _places(text: str, spans: Mapping[int, int], titled: Collection[int]) -> set[str]:
    """Return the transcribed names that no title introduces in the story and that a place bears in it: 在巴赫穆特等方向, 南部城市提尔."""
    names = {text[start:end] for start, end in spans.items()}
    persons = {text[start:spans[start]] for start in titled if start in spans}
    found = set()
    for name in names - persons:
        if is_foreign(name) and not any(dot in name for dot in DOTS):
            for start in occurrences(text, name):
                end = start + len(name)
                if _PLACE_AFTER.match(text, end) or _PLACE_BEFORE.search(text, max(0, start - 8), start):
                    found.add(name)
                    break
    return found


def _is_person(text: str, start: int, end: int, seen: int) -> bool:
    """Tell whether a name that no title introduces is one: the tagger's whole word, acting, named again, or in a list."""
    name = text[start:end]
    if name in gazetteer().names or name[0] == "党" or (len(name) == 2 and name[1] in "军方队媒共") or name[1:] in ("东部", "西部", "南部", "北部", "中部"):
        return False
    if len(name) > 3 and name[-1] in "省市县区州镇乡村":
        return False
    if any(dot in name for dot in DOTS) or re.search(r"[-－—–]", name):
        return True
    if is_chinese_shape(name):
        if len(name) >= 3 and end == seen:
            return True
        before = text[start - 1] if start else "\n"
        return before in "、，。；,;和与由随对向同给请：:\n“" and _AFTER.match(text, end) is not None
    return len(name) >= 3 or _AFTER.match(text, end) is not None


def _has_foreign_body(run: Run) -> bool:
    """Tell whether a run of state posts begins with a body that is not China's: 越共中央总书记、国家主席."""
    first = run.pieces[0]
    return bool(first.body) and first.head in _STATE_POSTS and not first.body.startswith(("中共", "中国共产党", "国家", "中央", "全国"))


def _one_seat(scene: Scene, titled: list[tuple[Run, list[str], int, int]], persons: dict[int, Mention], countries: Mapping[str, str]) -> None:
    """阮富仲总书记 beside 习近平总书记 — a seat that one person holds is not another's: his is that of the foreign country.

    It is the seat of whom no title in the story puts abroad, of these of whom a title with its body shows in it (中共中央总书记), else of
    whom it is told most.
    """
    holders: dict[str, Counter[str]] = {}
    shown: set[str] = set()
    abroad = set(countries)
    for run, names, start, _ in titled:
        if start in persons:
            person = persons[start].name
            if _has_foreign_body(run) or is_foreign(person):
                abroad.add(person)
            for piece, name in zip(run.pieces, names, strict=True):
                if piece.implied is not None and not _has_foreign_body(run):
                    holders.setdefault(name, Counter())[person] += 1
                    if scene.text.startswith(_OWN_BODIES, piece.start):
                        shown.add(person)
    for run, names, start, _ in titled:
        if start not in persons:
            continue
        person = persons[start].name
        for index, piece in enumerate(run.pieces):
            seat = holders.get(names[index])
            taken = seat is not None and max(seat, key=lambda one: (one not in abroad, one in shown, seat[one])) != person
            if piece.implied is None or not (taken or (index and _has_foreign_body(run))):
                continue
            names[index] = _foreign_post(scene, run, index, names[index], names[:index], countries.get(person))


_OWN_BODIES = ("中共", "中国共产党", "国务院", "全国", "中央")


def _countries(titled: list[tuple[Run, list[str], int, int]], persons: dict[int, Mention]) -> dict[str, str]:
    """Return the foreign country that the titles of each person name most in the story."""
    told: dict[str, Counter[str]] = {}
    for _, names, start, _ in titled:
        if start in persons:
            for name in names:
                if (country := _leading_country(name)) is not None:
                    country = gazetteer().full.get(country, country)
                    told.setdefault(persons[start].name, Counter())[country] += 1
    return {person: found.most_common(1)[0][0] for person, found in told.items()}


@cache
def _ends_title() -> re.Pattern[str]:
    heads = {row.surface for row in rows("posts") if row.relation.split("/")[0] in ("head", "role-noun") and len(row.surface) > 1}
    return re.compile(rf"(?:{either(heads)})$")


@cache
def _role_nouns_anywhere() -> re.Pattern[str]:
    return re.compile(either(surfaces("posts", "role-noun")))


def _overlaps_title(text: str, start: int, end: int) -> bool:
    from kg.extract.posts import _heads

    found = _heads().search(text, start, min(len(text), end + 4))
    return found is not None and found.start() < end and found.end() > start


def _name_before(scene: Scene, namer: _Namer, run: Run) -> tuple[int, int] | None:
    """栗战书委员长, 王某部长 — a name stands just before a title that has no body."""
    end = run.start
    text = scene.text
    word = scene.word(end - 1) if end else None
    if gazetteer().ending(text, end, 10) in gazetteer().foreign:
        return None  # 安提瓜和|巴布达总理
    if word is not None and word[2] == "PER" and word[1] == end:
        finish = namer.at(word[0], trusted=True)
        if finish == end:
            return word[0], end
    for start, finish in namer.dots.items():
        if finish == end:
            return start, end
    if run.pieces[0].implied is not None or run.pieces[0].head in _STATE_POSTS:
        for length in (3, 2):  # 习近平总书记, where the tagger did not look
            start = end - length
            if start > 0 and is_chinese_shape(text[start:end]) and scene.is_cut(start) and not _NOT_NAMES.match(text[start:end]):
                whole = scene.word(start)
                if whole is not None and whole[1] == end and whole[2] in ("nz", "PER", "n"):
                    return start, end
    if word is not None and word[1] == end and is_transcribed(text[word[0] : end]) and text[word[0] : end] not in gazetteer().names:
        for begin in range(max(0, word[0] - 4), word[0]):  # 应拉马|福萨总统: the story names 拉马福萨 elsewhere
            if is_transcribed(text[begin:end]) and text.count(text[begin:end]) > 1:
                return begin, end
        return word[0], end  # 欧尔班总理
    match = re.search(r"[（(]$", text[max(0, end - 1) : end])
    if match:
        word = scene.word(end - 2)
        if word is not None and word[2] == "PER" and word[1] == end - 1:
            return word[0], word[1]
    return None


def _appointed(scene: Scene) -> Iterator[int]:
    """任命司徒朗为…, 免去柏林的… — where names begin that an appointment names."""
    text = scene.text
    for match in re.finditer(r"(?:任命|免去|选举|补选|聘任|聘请|提名|推选|接受)(?=[一-鿿]{2,4}(?:[、的为同辞]|等))", text):
        yield match.end()
        position = match.end()
        for more in re.finditer(r"、(?=[一-鿿]{2,4}(?:[、的为]))", text[position : position + 40]):
            yield position + more.end()
    if "选举" in text or "任命" in text:  # …选举甲为市长，乙、丙为副市长
        for match in re.finditer(r"(?<=[，；,;])(?:[一-鿿]{2,4}、){0,8}[一-鿿]{2,4}为(?=[一-鿿]{0,16}(?:长|主任|书记|主席|委员|员))", text):
            position = match.start()
            for name in match.group()[:-1].split("、"):
                yield position
                position += len(name) + 1


_ASIDE = re.compile(r"[（(](?:挂职|兼|主持工作|党外|非党|[正副][处厅科县局区]级)[^）)\n]{0,6}[）)]")
_QUOTED = re.compile(r"[”」](?:，|,)?(?:(?:今年)?\d+岁的)?([一-鿿]{2,9}?)(?=(?:在[一-鿿]{2,8}[中时上里])?(?:[一-鿿]{1,3}[地着])?说[。，：])")
_ROLE_END = re.compile(r"[员户者民长师工商家友部客众生医导]$")
_GROUPS_SAY = re.compile(r"他|她|它|大家|记者|笔者|人|们$|者$|员$|家$|长$|民$|生$|师$|工$|户$|板$|友$|客$|众$|[表边着笑]$|这样|如是|一边")
_IN_LIST = re.compile(r"[、，。,和等及]|参加|陪同|出席|主持|分别|先后|一同|讲话|发言")


def _listed(scene: Scene, namer: _Namer, spans: dict[int, int]) -> None:
    """何立峰、王勇、肖捷陪同 — the members of a list of names."""
    text = scene.text
    for start in sorted(spans):
        position = spans[start]
        while position < len(text) and text[position] in "、和":
            begin = position + 1
            if begin in spans:
                break
            end = namer.at(begin, trusted=True) or namer.unlisted(begin)
            listed = end is not None and (_IN_LIST.match(text, end) is not None or namer.seen.get(begin) == end)
            if end is None or _overlaps_title(text, begin, end) or not listed:
                break
            spans[begin] = end
            position = end


def _settle(text: str, spans: dict[int, int]) -> dict[int, int]:
    """Let the readings of one story agree: 丁晓永作 and 丁晓永 are one name; overlapping readings keep the first."""
    counts = Counter(text[start:end] for start, end in spans.items())
    settled: dict[int, int] = {}
    last = -1
    for start in sorted(spans):
        end = spans[start]
        name = text[start:end]
        if len(name) == 3 and counts[name] <= counts[name[:2]] and surname_length(name, 0) == 1 and counts[name[:2]]:
            if text.count(name[:2]) > text.count(name):
                end -= 1
        elif is_foreign(name) and any(name != other and other.startswith(name) and text.startswith(other, start) for other in counts):
            end = start + max(len(other) for other in counts if other.startswith(name) and text.startswith(other, start))
        elif len(name) == 2 and surname_length(name, 0) == 1:
            longer = text[start : end + 1]
            if counts[longer] >= counts[name] and text.count(longer) > 1:
                end += 1
        if start < last:
            continue
        settled[start] = end
        last = end
    return settled


def _mentions(scene: Scene, spans: dict[int, int]) -> list[Mention]:
    """Return a mention for every place where an accepted name stands, short forms of dotted names included."""
    text = scene.text
    names: dict[str, str] = {}
    words_like: set[str] = set()
    for start, end in spans.items():
        name = text[start:end]
        names[name] = fold_dots(name)
        word = scene.word(start)
        if word is not None and word[2] != "PER" and word[0] == start and word[1] == end:
            words_like.add(name)
    shorts: dict[str, str] = {}
    for name, full in names.items():
        first, *_, last = re.split(rf"[{DOTS}]", name) if any(dot in name for dot in DOTS) else ("", "")
        if len(last) >= 2:
            shorts[last] = full
        if len(first) >= 3 and sum(other.startswith(first) for other in names if any(dot in other for dot in DOTS)) == 1:
            shorts.setdefault(first, full)
    places = dict(spans)
    for name in sorted(names, key=lambda word: -len(word)):
        for start in occurrences(text, name):
            end = start + len(name)
            if start in places or scene.is_credit(start) or not scene.is_free(Span(start, end)):
                continue
            if any(begin < end and start < finish for begin, finish in places.items() if abs(begin - start) < 24):
                continue
            if name in words_like and not _is_subject(scene, start, end) and not _leads_list(text, start, end, names):
                continue
            if not (scene.is_cut(start) or scene.is_cut(end)) and len(name) == 2:
                continue
            places[start] = end
    for short, _full in shorts.items():
        for start in occurrences(text, short):
            end = start + len(short)
            if any(begin < end and start < finish for begin, finish in places.items() if abs(begin - start) < 24):
                continue
            if scene.is_credit(start) or text[end : end + 1] in DOTS or not scene.is_cut(start):
                continue
            places[start] = end
    made = []
    for start, end in sorted(places.items()):
        words = text[start:end]
        name = shorts.get(words) or names.get(words) or words
        made.append(scene.mention("Person", start, end, "people/name", name=name, confidence=0.95 if start in spans else 0.9))
    return made


def _leads_list(text: str, start: int, end: int, names: Collection[str]) -> bool:
    """Tell whether a clause begins with a list of persons here: 随后，费心、臧大海共同揭牌."""
    return text[start - 1 : start] in "\n。，；" and text.startswith(tuple("、" + name for name in sorted(names)), end)


def _is_subject(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a name that is also a word (高兴, 方向) stands where a person acts."""
    text = scene.text
    before = text[start - 1] if start else "\n"
    after = text[end : end + 1]
    if after in "地的得":
        return False
    opens = before in "\n，。、；：,;:！？”’）)“ 　由随受" or scene.ending(start) is not None
    return opens and _AFTER.match(text, end) is not None and after not in "，。、；"


def _hold(
    scene: Scene, found: People, run: Run, names: list[str], person: Mention | None, persons: dict[int, Mention], countries: Mapping[str, str]
) -> None:
    """Make the mentions of a run's titles and say how its person holds them."""
    text = scene.text
    lead = text[max(0, run.start - 24) : run.start]
    removed = _REMOVES.search(lead) is not None
    sentence = scene.sentence(run.start)
    elected = lead.endswith("为") and sentence is not None and _APPOINTS.search(text, sentence.span.start, run.start) is not None
    given = elected or _GIVES.search(lead) is not None
    subjects = [person] if person is not None else []
    if person is not None and person.span.start >= run.end and _SHARED.search(run.pieces[-1].head):
        subjects += _sharing(scene, person, persons)
    if person is None and (given or removed):
        subjects = _subjects(scene, run, lead, persons)
    if not subjects and all(piece.head == "负责人" for piece in run.pieces):
        return  # an unnamed 负责人 only speaks for the body
    former = proposed = False
    if person is not None and (is_foreign(person.name) or any(piece.head in _ABROAD for piece in run.pieces)):
        for index, name in enumerate(names):
            names[index] = _foreign_post(scene, run, index, name, names[:index], countries.get(person.name))
    for piece, name in zip(run.pieces, names, strict=True):
        if person is not None and person.span.end == run.start and piece.implied is None and not piece.body and not is_foreign(person.name):
            name = {"主席": "国家主席", "总理": "国务院总理", "副总理": "国务院副总理"}.get(piece.head, name)
        post = scene.mention("Post", piece.start, piece.end, "posts/title", name=name)
        found.posts.append(post)
        former, proposed = former or piece.former, proposed or piece.proposed
        for subject in subjects:
            span = Span(min(piece.start, subject.span.start), max(piece.end, subject.span.end))
            status = "removed" if removed else "former" if former else "proposed" if proposed else "acting" if re.match(r"代(?!表)", piece.head) else "held"
            rule = "posts/appointed" if given else "posts/before-name" if piece.start < subject.span.start else "posts/after-name"
            if status in ("removed", "former", "proposed"):
                found.refusals.append(Refusal(span, span.of(text), f"{_NOT_HELD[status]}: {subject.name} = {name}"))
            body = name.removesuffix(piece.head) or None
            found.tenures.append(
                Tenure(
                    subject, post, Evidence(scene.article.id, span, rule, 0.93), status=status,  # type: ignore[arg-type]
                    body=body, area=_area_of(scene, name),
                )
            )  # fmt: skip


_DISTRICTS = frozenset("市州盟区县旗")


def _area_of(scene: Scene, post: str) -> str | None:
    """Return the area that a post's full name begins with: one of the gazetteer, the story's own, or another whose organs the story names."""
    name = post.removeprefix("中共")
    seen = {found.name for found in scene.areas if found.level in _DISTRICTS and BEFORE_ORGAN.match(scene.text, found.end)}
    for length in range(min(12, len(name)), 1, -1):
        word = name[:length]
        if gazetteer().names.get(word) not in (None, "域") or word in scene.homes.values() or word in seen:
            return gazetteer().full.get(word, word)
    return None


def is_foreign(name: str) -> bool:
    """Tell whether a name is a transcribed one that no Chinese surname explains."""
    if not is_transcribed(re.sub(rf"[{DOTS}－—–-]", "", name)):
        return False
    return len(name) > 2 or not is_chinese_shape(name) or name[0] in words("surnames-rare")


_ABBREVIATED = {
    "俄": "俄罗斯", "美": "美国", "英": "英国", "法": "法国", "德": "德国", "日": "日本", "韩": "韩国", "乌": "乌克兰", "以": "以色列", "朝": "朝鲜",
}  # fmt: skip


def _spelled_country(scene: Scene, name: str) -> str:
    """俄总统 → 俄罗斯总统, where the story names the country in full and the title begins with its short form."""
    country = _ABBREVIATED.get(name[:1])
    if country is None or name.startswith(country) or not any(found.name == country for found in scene.areas):
        return name
    return country + name[1:]


def _leading_country(name: str) -> str | None:
    """Return the foreign country that a title begins with."""
    return next((name[:length] for length in range(min(len(name), 12), 1, -1) if name[:length] in gazetteer().foreign), None)


def _country(scene: Scene, start: int, earlier: Sequence[str], own: str | None) -> str | None:
    """Return the foreign country that a title without one belongs to.

    That is the one of the titles before it, else of the person's other titles in the story (``own``), else the one named before it
    in its clause, else the one that the story names far more than any other.
    """
    for name in reversed(earlier):
        if (country := _leading_country(name)) is not None:
            return country
    if own is not None:
        return own
    foreign = gazetteer().foreign
    clause = max(scene.text.rfind(mark, 0, start) for mark in "\n。！？；，")
    near = [found.name for found in scene.areas if clause < found.start < start and found.name in foreign]
    if near:
        return gazetteer().full.get(near[-1], near[-1])
    countries = Counter(found.name for found in scene.areas if found.name in foreign).most_common(2)
    return countries[0][0] if len(countries) == 1 or (countries and countries[0][1] >= 2 * countries[1][1]) else None


def _foreign_post(scene: Scene, run: Run, index: int, name: str, earlier: Sequence[str], own: str | None) -> str:
    """通伦总书记、国家主席 — the post of a foreigner without a country: that of the foreign country the story is about."""
    piece = run.pieces[index]
    bare = piece.head if piece.implied is None else scene.text[piece.start : piece.end]
    if piece.body[:1] in _ABBREVIATED and piece.body not in gazetteer().names and not piece.body.endswith(("共和国", "王国", "联邦")):
        return _spelled_country(scene, name)
    if piece.body and not (bare in ("部长", "大臣") and scene.area_at(piece.start) is None):
        return name
    if bare not in _STATE_POSTS and not bare.endswith(("部长", "大臣")):
        return name
    country = _country(scene, piece.start, earlier, own)
    if country is None:
        return name
    return country + piece.body + ("国家主席" if bare == "主席" else bare)


_ABROAD = frozenset({"总统", "副总统", "首相", "副首相", "国王", "女王", "王储", "国务卿", "防长", "财长", "埃米尔"})
_SHARED = re.compile(r"^副|(?<=[协会院委家])副(?=主席$|委员长$|总理$|书记$|主任$)|常委$|委员$|审判员|检察官|成员$|庭长$|政协委员|代表$|院士$|教授$")


def _sharing(scene: Scene, person: Mention, persons: dict[int, Mention]) -> list[Mention]:
    """副主任牟春雷、宫小雨、展望 — the names after 、 that share a title of several seats."""
    shared: list[Mention] = []
    position = person.span.end
    while scene.text[position : position + 1] == "、" and position + 1 in persons:
        shared.append(persons[position + 1])
        position = shared[-1].span.end
    return shared


_CONGRATULATES = re.compile(r"祝贺(?![他她])|[您你]|阁下|希望|支持")
"""Between a person and 当选…: somebody else is elected (哈桑表示，祝贺您当选…)."""


_OF_ANOTHER = re.compile(r"[^，。]{2,}，(?:热烈)?祝贺[他她]")
"""Between a person and 当选…: whom he congratulates has a name that was not read (致电某某，祝贺他当选…)."""

_TO_BE = re.compile(r"(?:当选|新任|候任)$")


def _subjects(scene: Scene, run: Run, lead: str, persons: dict[int, Mention]) -> list[Mention]:
    """张三任区长, 任命李四、王五为审判员 — the persons who are given or lose the post that follows."""
    low = run.start - len(lead)
    for mark in "。！？\n；":
        low = max(low, scene.text.rfind(mark, 0, run.start) + 1)
    near = [mention for start, mention in sorted(persons.items()) if low <= start < run.start]
    if _TO_BE.search(lead) and any(lead[: -len("当选")].endswith(country) for country in gazetteer().foreign):
        return []  # 向印度尼西亚当选总统致贺电
    if lead.endswith("候任"):
        return []
    between = scene.text[near[-1].span.end : run.start] if near else ""
    if not near or _CONGRATULATES.search(between) or _OF_ANOTHER.match(between):
        return []
    kept = [near[-1]]
    for mention in reversed(near[:-1]):
        if re.fullmatch(r"[、和及]", scene.text[mention.span.end : kept[0].span.start]):
            kept.insert(0, mention)
        else:
            break
    return kept
