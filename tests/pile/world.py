"""The invented world of the pile: two cities, three districts, who held which post when, and what happened on which day.

All of it is fictional. ``writing`` makes newspaper reports of these facts, and the tests ask the graph for them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Begun = Literal["told", "silent"]

RENAMED_ON = "2024-05-15"
"""The day on which 松陵县 became 松陵区."""


@dataclass(frozen=True, slots=True)
class District:
    """One of the three districts: its city and the names that it bore, with the day on which each began."""

    key: str
    city: str
    names: tuple[tuple[str, str], ...]

    def name(self, day: str) -> str:
        """Return the name that the district bears on a day."""
        return next(name for since, name in reversed(self.names) if since <= day)


@dataclass(frozen=True, slots=True)
class Career:
    """Somebody holds a post from ``since`` until ``until`` (exclusive; "" for what the pile does not tell).

    ``person`` is a key: the name, and a number where two share it. ``post`` is the full name of the post. ``status`` is
    held or acting. ``begun``/``ended`` tell whether a report names the appointment or the removal.
    """

    person: str
    post: str
    since: str = ""
    until: str = ""
    status: Literal["held", "acting"] = "held"
    begun: Begun = "silent"
    ended: Begun = "silent"


@dataclass(frozen=True, slots=True)
class Topic:
    """What officials look at: the work, what they ask about, and what they then say of it."""

    work: str
    asked: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """An ordinary visit or meeting of which one paper writes the day after.

    ``people`` are keys of persons, the leading one first. ``sites`` are the places of a visit, or the name of a meeting.
    ``pattern`` says in which of its ways the paper tells it.
    """

    day: str
    paper: str
    reporter: str
    district: str
    kind: Literal["visit", "meeting"]
    people: tuple[str, ...]
    sites: tuple[str, ...]
    topic: str
    pattern: int


DISTRICTS: dict[str, District] = {
    "青岚": District("青岚", "云州市", (("", "青岚区"),)),
    "松陵": District("松陵", "云州市", (("", "松陵县"), (RENAMED_ON, "松陵区"))),
    "望江": District("望江", "衡川市", (("", "望江区"),)),
}

PAPERS: dict[str, tuple[str, str]] = {"云州市": ("云州日报", "云州晚报"), "衡川市": ("衡川日报", "衡川晚报")}

CAREERS: tuple[Career, ...] = (
    # 青岚区: a secretary leaves, the district head is promoted, a successor first acts and is then elected.
    Career("顾维桢", "青岚区委书记", until="2023-09-20", ended="told"),
    Career("沈知远", "青岚区委副书记", until="2023-09-20"),
    Career("沈知远", "青岚区区长", until="2023-09-28", ended="told"),
    Career("沈知远", "青岚区委书记", since="2023-09-20", begun="told"),
    Career("陆明漪", "青岚区代区长", since="2023-09-28", until="2024-01-12", status="acting", begun="told"),
    Career("陆明漪", "青岚区区长", since="2024-01-12", begun="told"),
    Career("陆明漪", "青岚区委副书记", since="2023-09-28"),
    Career("李伟1", "青岚区副区长"),
    Career("何望舒", "青岚区人大常委会主任"),
    # Two posts at once.
    Career("何芷兰", "青岚区委常委"),
    Career("何芷兰", "青岚区委组织部部长"),
    Career("程立", "青岚区副区长"),
    Career("程立", "青岚区公安分局局长"),
    # Two of one name in one district, seen in turn.
    Career("王建军1", "青岚区教育局局长"),
    Career("王建军2", "青岚区法院院长"),
    # A move to another district that an appointment tells, and one that nobody tells.
    Career("周晓岚", "青岚区委常委", until="2023-11-30", ended="told"),
    Career("周晓岚", "青岚区委宣传部部长", until="2023-11-30", ended="told"),
    Career("周晓岚", "松陵县委副书记", since="2023-11-30", until=RENAMED_ON, begun="told"),
    Career("周晓岚", "松陵区委副书记", since=RENAMED_ON),
    Career("赵文博1", "青岚区商务局局长"),
    Career("赵文博2", "望江区商务局局长"),
    # Two bureaus that become one; the head of one of them is not heard of again.
    Career("许静秋", "青岚区文化局局长", until="2023-06-19"),
    Career("方一鸣", "青岚区旅游局局长"),
    Career("许静秋", "青岚区文化和旅游局局长", since="2023-06-19"),
    # Removed without a successor; seen once and never again.
    Career("邓海山", "青岚区水利局局长", until="2024-03-28", ended="told"),
    Career("白承安", "青岚区审计局局长"),
    # 松陵: the county becomes a district, its officials stay.
    Career("韩子墨", "松陵县委书记", until=RENAMED_ON),
    Career("韩子墨", "松陵区委书记", since=RENAMED_ON),
    Career("唐若溪", "松陵县委副书记", until=RENAMED_ON),
    Career("唐若溪", "松陵县县长", until=RENAMED_ON),
    Career("唐若溪", "松陵区委副书记", since=RENAMED_ON),
    Career("唐若溪", "松陵区区长", since=RENAMED_ON),
    Career("孟繁星", "松陵县副县长", until=RENAMED_ON),
    Career("孟繁星", "松陵区副区长", since=RENAMED_ON),
    # 望江区, in another city: a namesake of 青岚区's, and a bureau whose head is replaced in one decision.
    Career("秦望川", "望江区委书记"),
    Career("贺云亭", "望江区委副书记"),
    Career("贺云亭", "望江区区长"),
    Career("李伟2", "望江区副区长"),
    Career("段秋白", "望江区教育局局长", until="2023-12-20", ended="told"),
    Career("程若渔", "望江区教育局局长", since="2023-12-20", begun="told"),
)

NAMESAKES: frozenset[str] = frozenset({"李伟", "王建军", "赵文博"})
"""Names that several persons bear; whoever bears another is one person."""

TOPICS: dict[str, Topic] = {
    "乡村": Topic("乡村振兴", "产业发展和村集体增收情况", "要扎实推进乡村振兴，因地制宜发展特色产业", "要多为群众办看得见、摸得着的实事"),
    "防汛": Topic("防汛备汛", "值班值守和物资储备情况", "要坚持人民至上、生命至上，压实防汛责任", "要备足物资、练好队伍，确保安全度汛"),
    "项目": Topic("重点项目建设", "施工进度和要素保障情况", "要落实“四挂钩”考核机制，以项目实绩论英雄", "要倒排工期、挂图作战，推动项目早建成、早见效"),
    "营商": Topic("优化营商环境", "办事流程和企业诉求办理情况", "要深入开展“千企大走访”活动，优化营商环境", "要让企业少跑腿、办成事"),
    "安全": Topic("安全生产", "隐患排查和应急值守情况", "要树牢安全发展理念，抓实安全生产", "要以案为鉴、举一反三，守牢安全底线"),
    "教育": Topic("教育", "师资配备和课后服务情况", "要落实“双减”政策，办好人民满意的教育", "要加快补齐学位缺口，让孩子们就近上好学"),
    "文旅": Topic("文旅融合", "场馆开放和客流情况", "要推进文旅融合发展，擦亮城市名片", "要把更多优质文化服务送到居民家门口"),
    "环保": Topic("生态环境保护", "河道治理和污水处理情况", "要全面落实“河长制”，打好碧水保卫战", "要举一反三抓好问题整改，还一河清水于民"),
    "养老": Topic("养老服务", "助餐服务和医养结合情况", "要完善养老服务体系，用心用情照顾好老年人", "要让老人吃得放心、住得舒心"),
    "秋粮": Topic("秋粮生产", "秋粮长势和机收准备情况", "要扛牢粮食安全责任，推进高标准农田建设", "要抢抓农时、颗粒归仓，确保全年粮食丰收"),
}


def _visit(day: str, paper: str, district: str, people: str, sites: str, topic: str, pattern: int) -> Occasion:
    return Occasion(day, paper, _REPORTERS[paper], district, "visit", tuple(people.split()), tuple(sites.split()), topic, pattern)


def _meeting(day: str, paper: str, district: str, people: str, name: str, topic: str, pattern: int) -> Occasion:
    return Occasion(day, paper, _REPORTERS[paper], district, "meeting", tuple(people.split()), (name,), topic, pattern)


_REPORTERS = {"云州日报": "林晚舟", "云州晚报": "许闻涛", "衡川日报": "罗小满", "衡川晚报": "江不语"}

OCCASIONS: tuple[Occasion, ...] = (
    # 青岚区
    _visit("2023-01-10", "云州日报", "青岚", "顾维桢 李伟1", "青岚湾科创园 松涛里城市更新项目", "项目", 0),
    _meeting("2023-02-07", "云州晚报", "青岚", "沈知远 李伟1 程立", "营商环境建设大会", "营商", 0),
    _visit("2023-03-09", "云州日报", "青岚", "李伟1 王建军1", "青岚区实验中学", "教育", 1),
    _visit("2023-04-04", "云州晚报", "青岚", "沈知远 方一鸣", "栖霞古镇", "文旅", 2),
    _meeting("2023-05-16", "云州日报", "青岚", "顾维桢 何芷兰 周晓岚", "基层党建工作会议", "乡村", 1),
    _visit("2023-06-06", "云州晚报", "青岚", "程立 王建军2", "松涛里商业街", "安全", 0),
    _visit("2023-08-03", "云州日报", "青岚", "沈知远 邓海山", "青岚河综合治理项目", "环保", 1),
    _meeting("2023-10-24", "云州日报", "青岚", "沈知远 陆明漪 何芷兰", "重点项目建设现场会", "项目", 2),
    _visit("2023-11-14", "云州晚报", "青岚", "陆明漪 许静秋", "云杉体育中心项目", "文旅", 0),
    _visit("2024-01-30", "云州日报", "青岚", "陆明漪 李伟1", "松涛街道养老服务中心", "养老", 2),
    _meeting("2024-03-12", "云州晚报", "青岚", "李伟1 王建军1", "春季开学工作部署会", "教育", 1),
    _visit("2024-05-21", "云州日报", "青岚", "沈知远 何芷兰", "栖霞街道便民服务中心", "营商", 1),
    _visit("2024-07-09", "云州晚报", "青岚", "陆明漪 程立", "青岚河泵站", "防汛", 2),
    _visit("2024-09-03", "云州日报", "青岚", "李伟1 王建军1", "青岚区第二小学", "教育", 0),
    _meeting("2024-10-15", "云州日报", "青岚", "沈知远 陆明漪 王建军2", "法治建设工作会议", "营商", 2),
    _visit("2024-12-10", "云州晚报", "青岚", "沈知远 许静秋", "城市书房建设项目", "文旅", 1),
    # 松陵县, later 松陵区
    _visit("2023-01-17", "云州晚报", "松陵", "韩子墨 孟繁星", "龙门镇高标准农田建设项目", "乡村", 1),
    _meeting("2023-03-14", "云州日报", "松陵", "唐若溪 孟繁星", "春季农业生产推进会", "秋粮", 0),
    _visit("2023-04-25", "云州晚报", "松陵", "唐若溪", "清溪水库 白鹭乡卫生院", "防汛", 0),
    _visit("2023-06-13", "云州日报", "松陵", "韩子墨 唐若溪", "清溪湖新城项目", "项目", 2),
    _meeting("2023-08-15", "云州晚报", "松陵", "韩子墨 唐若溪 孟繁星", "乡村振兴工作推进会", "乡村", 2),
    _visit("2023-09-12", "云州日报", "松陵", "孟繁星", "白鹭乡中心小学", "教育", 0),
    _visit("2023-10-10", "云州晚报", "松陵", "唐若溪 孟繁星", "龙门镇龙门村", "秋粮", 1),
    _visit("2023-12-12", "云州日报", "松陵", "周晓岚 孟繁星", "清溪古街", "文旅", 2),
    _meeting("2024-01-23", "云州晚报", "松陵", "唐若溪 周晓岚", "安全生产工作会议", "安全", 1),
    _visit("2024-03-19", "云州日报", "松陵", "韩子墨 周晓岚", "龙门镇养老服务中心", "养老", 0),
    _meeting("2024-04-16", "云州晚报", "松陵", "唐若溪 孟繁星", "防汛备汛工作会议", "防汛", 0),
    _visit("2024-06-18", "云州日报", "松陵", "唐若溪 孟繁星", "清溪湖新城项目", "项目", 1),
    _meeting("2024-07-23", "云州晚报", "松陵", "韩子墨 唐若溪", "生态环境保护工作会议", "环保", 2),
    _visit("2024-09-10", "云州日报", "松陵", "周晓岚", "松陵一中", "教育", 2),
    _visit("2024-10-22", "云州晚报", "松陵", "韩子墨 孟繁星", "白鹭乡白鹭村", "秋粮", 0),
    _visit("2024-12-03", "云州日报", "松陵", "唐若溪 孟繁星", "松陵汽车站", "安全", 1),
    # 望江区
    _visit("2023-01-12", "衡川日报", "望江", "秦望川 李伟2", "望岚产业园项目", "项目", 1),
    _meeting("2023-02-21", "衡川晚报", "望江", "贺云亭 李伟2", "安全生产工作会议", "安全", 2),
    _visit("2023-03-21", "衡川日报", "望江", "贺云亭 李伟2", "城市书房建设项目", "文旅", 0),
    _visit("2023-05-09", "衡川晚报", "望江", "李伟2 段秋白", "望江区第一小学", "教育", 2),
    _visit("2023-06-20", "衡川日报", "望江", "秦望川", "临江码头", "防汛", 1),
    _meeting("2023-09-05", "衡川晚报", "望江", "贺云亭 李伟2", "秋季开学工作部署会", "教育", 0),
    _visit("2023-10-17", "衡川日报", "望江", "贺云亭", "江畔社区养老服务中心", "养老", 1),
    _meeting("2023-11-21", "衡川晚报", "望江", "秦望川 贺云亭", "生态环境保护工作推进会", "环保", 1),
    _visit("2024-01-16", "衡川日报", "望江", "李伟2", "临江污水处理厂", "环保", 2),
    _visit("2024-02-27", "衡川晚报", "望江", "贺云亭 赵文博2", "临江商贸城", "营商", 0),
    _meeting("2024-04-23", "衡川日报", "望江", "秦望川 贺云亭 李伟2", "乡村振兴工作会议", "乡村", 0),
    _visit("2024-06-25", "衡川晚报", "望江", "秦望川", "江堤除险加固工程", "防汛", 0),
    _visit("2024-08-20", "衡川日报", "望江", "李伟2 程若渔", "望江区第三中学", "教育", 1),
    _meeting("2024-10-29", "衡川晚报", "望江", "贺云亭 赵文博2", "招商引资工作推进会", "营商", 2),
    _visit("2024-11-19", "衡川日报", "望江", "秦望川 李伟2", "望岚产业园项目", "项目", 0),
    _visit("2024-12-17", "衡川晚报", "望江", "贺云亭", "江畔社区", "乡村", 2),
)
"""What is told by a pattern; the delicate cases are written by hand, in ``pages/``."""


def named(person: str) -> str:
    """Return the name of a person whose key is given."""
    return person.rstrip("0123456789")


def posts(person: str, day: str) -> tuple[str, ...]:
    """Return the full names of the posts that a person holds on a day, in the order of ``CAREERS``."""
    return tuple(one.post for one in CAREERS if one.person == person and one.since <= day and (not one.until or day < one.until))
