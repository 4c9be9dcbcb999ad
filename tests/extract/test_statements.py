"""Who is reported to have said what: invented stories, the statements that a careful reader would write down."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.scene import Scene
from kg.extract.statements import statements
from kg.model import Article, Event, Evidence, Span, Statement


def meeting(scene: Scene, name: str, status: str = "happened") -> Event:
    start = scene.text.index(name, scene.text.index("\n"))
    anchor = scene.mention("Meeting", start, start + len(name), "test")
    evidence = Evidence("a1", anchor.span, "test", 0.9)
    return Event("Meeting", anchor, (name, "会议"), (), (), (), (evidence,), status=status)  # type: ignore[arg-type]


Make = Callable[[str], Scene]


@pytest.fixture
def read(scene_of: Make) -> Callable[[str], list[Statement]]:
    return lambda text: list(statements(scene_of(text), ()))


@pytest.fixture
def told(read: Callable[[str], list[Statement]]) -> Callable[[str], list[tuple[str, str, str]]]:
    return lambda text: [(s.speaker.name, s.verb, s.text) for s in read(text)]


STORIES: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "a comma after the verb": ("张建国强调，要优化营商环境。", [("张建国", "强调", "要优化营商环境。")]),
    "no comma after the verb": ("会议强调要优化营商环境。", [("会议", "强调", "要优化营商环境。")]),
    "what 希望 governs": ("张建国希望蓝海公司加大投资力度。", [("张建国", "希望", "蓝海公司加大投资力度。")]),
    "somebody else must": ("张建国强调各部门要压实责任。", [("张建国", "强调", "各部门要压实责任。")]),
    "the sentences that follow": (
        "会议指出，今年开局良好。成绩来之不易。要再接再厉。",
        [("会议", "指出", "今年开局良好。"), ("会议", "指出", "成绩来之不易。"), ("会议", "指出", "要再接再厉。")],
    ),
    "a title before the name": ("区委副书记、区长张建国表示，将落实政策。", [("张建国", "表示", "将落实政策。")]),
    "a setting before the speaker": ("在听取汇报后，张建国指出，项目进展顺利。", [("张建国", "指出", "项目进展顺利。")]),
    "a setting between speaker and verb": ("张建国在致辞中说，今天是好日子。", [("张建国", "说", "今天是好日子。")]),
    "in the report": ("张建国在报告中提出，今年要抓好六项工作。", [("张建国", "提出", "今年要抓好六项工作。")]),
    "a pronoun": ("区长张建国作具体部署。他强调，要锚定目标。", [("张建国", "强调", "要锚定目标。")]),
    "a pronoun after a companion": ("张建国来到青岚科技园。副区长李志远陪同。他要求，要抓紧施工。", [("张建国", "要求", "要抓紧施工。")]),
    "a pronoun after a resident": (
        "张建国走进居民王秀兰家中。“比去年强多了！”王秀兰说。他要求，供热企业要管好炉子。",
        [("王秀兰", "说", "比去年强多了！"), ("张建国", "要求", "供热企业要管好炉子。")],
    ),
    "a quotation before its tag": ("“去年说装，今年就装上了。”79岁的居民王秀兰说。", [("王秀兰", "说", "去年说装，今年就装上了。")]),
    "a quotation of two sentences before its tag": (
        "“房子修好了。路也平了。”王秀兰高兴地说。",
        [("王秀兰", "说", "房子修好了。"), ("王秀兰", "说", "路也平了。")],
    ),
    "a quotation around its tag": (
        "“孩子上学近了，”王秀兰说，“买菜也方便多了。”",
        [("王秀兰", "说", "孩子上学近了"), ("王秀兰", "说", "买菜也方便多了。")],
    ),
    "a quotation goes on after its tag": (
        "“孩子上学近了。”王秀兰说。“买菜也方便多了。”",
        [("王秀兰", "说", "孩子上学近了。"), ("王秀兰", "说", "买菜也方便多了。")],
    ),
    "a tag that goes on": (
        "“政策来得正是时候。”蓝海公司总经理李志远说，公司今年可获补助四十万元。",
        [("李志远", "说", "政策来得正是时候。"), ("李志远", "说", "公司今年可获补助四十万元。")],
    ),
    "direct speech of several sentences": (
        "张建国说：“老街变样了。日子好过了。”现场响起掌声。",
        [("张建国", "说", "老街变样了。"), ("张建国", "说", "日子好过了。")],
    ),
    "direct speech after a comma": (
        "他来了。张建国说，“电力足，底气才足。节后仍是高峰。”张建国随后察看机房。",
        [("张建国", "说", "电力足，底气才足。"), ("张建国", "说", "节后仍是高峰。")],
    ),
    "a slogan in quotation marks is no direct speech": (
        "张建国强调，“一网通办”要再提速。要扩大事项。",
        [("张建国", "强调", "“一网通办”要再提速。"), ("张建国", "强调", "要扩大事项。")],
    ),
    "according to somebody": ("据张建国介绍，项目总投资五亿元。", [("张建国", "介绍", "项目总投资五亿元。")]),
    "a body speaks": ("青岚区财政局有关负责人表示，资金已经到位。", [("青岚区财政局", "表示", "资金已经到位。")]),
    "a team speaks": ("检查组认为，整改成效明显。", [("检查组", "认为", "整改成效明显。")]),
    "a body speaks on a day": ("国家标准局今天（3月1日）公布，标准已经实施。街上人来人往。", [("国家标准局", "公布", "标准已经实施。")]),
    "two speakers in one paragraph": (
        "张建国指出，大河是根脉。要守护好。李志远表示，将吸纳意见。",
        [("张建国", "指出", "大河是根脉。"), ("张建国", "指出", "要守护好。"), ("李志远", "表示", "将吸纳意见。")],
    ),
    "two verbs in one sentence": (
        "张建国强调，要抓好项目；要求，各部门要配合。",
        [("张建国", "强调", "要抓好项目"), ("张建国", "要求", "各部门要配合。")],
    ),
    "a meeting that says in passing": ("会议传达学习重要讲话精神，强调要深化巡察工作。", [("会议", "强调", "要深化巡察工作。")]),
    "thanks and then a statement": (
        "卡尔·伯格曼感谢区政府的支持，表示公司看好中国市场前景。",
        [("卡尔·伯格曼", "表示", "公司看好中国市场前景。")],
    ),
    "three demands after a colon": (
        "张建国提出三点要求：一是优化服务。二是改进作风。",
        [("张建国", "提出", "一是优化服务。"), ("张建国", "提出", "二是改进作风。")],
    ),
    "three demands after a full stop": (
        "张建国提出三点要求。一要加强领导。二要压实责任。",
        [("张建国", "提出", "一要加强领导。"), ("张建国", "提出", "二要压实责任。")],
    ),
    "a new paragraph with 要": (
        "张建国强调，要提高站位。\n要保持高压态势。要压实责任。",
        [("张建国", "强调", "要提高站位。"), ("张建国", "强调", "要保持高压态势。"), ("张建国", "强调", "要压实责任。")],
    ),
    "a new paragraph without 要": ("张建国强调，要提高站位。\n青岚科技园去年开工。", [("张建国", "强调", "要提高站位。")]),
    "the narrative resumes with the speaker": ("张建国说，能源是基础。张建国详细询问储煤情况。", [("张建国", "说", "能源是基础。")]),
    "the narrative resumes with another person": ("张建国要求，要备足煤。公司经理李志远汇报了融资情况。", [("张建国", "要求", "要备足煤。")]),
    "the narrative resumes with a marker": ("张建国要求，要备足煤。随后，大家来到机房。", [("张建国", "要求", "要备足煤。")]),
    "the narrative resumes with a roster": ("张建国强调，要备足煤。区直有关单位负责人参加会议。", [("张建国", "强调", "要备足煤。")]),
    "a leader spoken of is no narrative": (
        "张建国表示，两地友谊深厚。李志远主席将来访，共商合作。双方要密切往来。",
        [("张建国", "表示", "两地友谊深厚。"), ("张建国", "表示", "李志远主席将来访，共商合作。"), ("张建国", "表示", "双方要密切往来。")],
    ),
    "somebody without a name ends it": ("张建国说，老街变样了。与会代表表示，生意好做了。", [("张建国", "说", "老街变样了。")]),
    "speech inside speech": (
        "会议指出，李志远总书记强调，要实干。要深刻领会。",
        [("会议", "指出", "李志远总书记强调，要实干。"), ("会议", "指出", "要深刻领会。")],
    ),
    "traditional characters": ("張建國說：「今天心裏很暖。」", [("張建國", "說", "今天心裏很暖。")]),
    "a plan": ("张建国透露，将建设新校区。", [("张建国", "透露", "将建设新校区。")]),
    "说 after another verb of speech": ("张建国介绍说，全区新增学位三千个。", [("张建国", "介绍", "全区新增学位三千个。")]),
    "a listener before the quotation": ("张建国叮嘱李志远：“安全第一，不能马虎。”", [("张建国", "叮嘱", "安全第一，不能马虎。")]),
    "a listener before the demand": ("张建国要求各部门，要注意安全。", [("张建国", "要求", "要注意安全。")]),
    "a quotation beside somebody without a verb": ("“太方便了！”居民王秀兰竖起大拇指。", [("王秀兰", "说", "太方便了！")]),
    "a quotation announced without a verb": (
        "看着新房，王秀兰笑得合不拢嘴：“太好了！比以前强。”大家都笑了。",
        [("王秀兰", "说", "太好了！"), ("王秀兰", "说", "比以前强。")],
    ),
    "a noun that tags a quotation": ("“大家要多提意见。”张建国要求。", [("张建国", "要求", "大家要多提意见。")]),
    "a document speaks for its issuer": (
        "青岚区财政局、青岚区住建局印发《补贴办法》。《补贴办法》明确，今年起施行。要加强监测。《其他办法》要求，按期执行。",
        [("青岚区财政局", "明确", "今年起施行。"), ("青岚区财政局", "明确", "要加强监测。")],
    ),
    "an article speaks for its author": ("张建国发表文章。文章指出，老街变样了。", [("张建国", "指出", "老街变样了。")]),
    "he whom the speaker tells of": (
        "张建国指出，李志远同志是榜样。他扎根基层。我们要向他学习。",
        [("张建国", "指出", "李志远同志是榜样。"), ("张建国", "指出", "他扎根基层。"), ("张建国", "指出", "我们要向他学习。")],
    ),
    "speech told by the speaker": ("张建国说，这次全会提出，要实干。", [("张建国", "说", "这次全会提出，要实干。")]),
    "a demand of the place visited": ("张建国来到青岚科技园，要求加快施工进度。", [("张建国", "要求", "加快施工进度。")]),
    "he demands in passing": ("张建国察看老街。他来到青岚科技园，要求加快施工进度。", [("张建国", "要求", "加快施工进度。")]),
    "a meeting by another name": ("座谈会指出，要凝聚共识。", [("座谈会", "指出", "要凝聚共识。")]),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_story_says(name: str, told: Callable[[str], list[tuple[str, str, str]]]) -> None:
    text, expected = STORIES[name]
    assert told(text) == expected


SILENT = (
    "张建国按照上级要求，来到青岚科技园。",
    "张建国听取情况介绍，随后察看现场。",
    "张建国对客人的到来表示欢迎。",
    "张建国对大家的支持表示衷心感谢。",
    "张建国采纳群众提出的建议，修改了方案。",
    "张建国宣布开工。",
    "墙上写着：“安全第一！”",
    "“太好了！”人群中响起掌声。",
    "《补贴办法》要求，按期执行。",
    "会议听取了青岚区财政局的汇报。会议审议了若干措施。",
    "会议还研究了其他事项。",
    "张建国写的小说，很多人爱读。",
    "张建国介绍了有关情况。",
    "“链长制”办公室成立，张建国出席。",
    "张建国充满希望，继续前行。",
    "要优化营商环境，大家这样想。",
    "",
)


@pytest.mark.parametrize("text", SILENT)
def test_a_story_in_which_nobody_speaks_has_no_statement(text: str, told: Callable[[str], list[tuple[str, str, str]]]) -> None:
    assert told(text) == []


def test_a_credit_line_is_no_paragraph_of_speech(scene_of: Make) -> None:
    scene = scene_of("张建国强调，要实干。\n要闻部记者供稿")
    article = scene.article
    start = article.text.index("要闻部")
    credited = Article(
        article.id, article.headline, article.text, article.headlines, article.body, (Span(start, start + 7),), (), None, article.anchors, article.source
    )
    again = Scene(credited)
    again.add(scene.mentions)
    assert [s.text for s in statements(again, ())] == ["要实干。"]


def test_every_statement_is_words_of_the_story(scene_of: Make) -> None:
    for text, _ in STORIES.values():
        scene = scene_of(text)
        for statement in statements(scene, ()):
            assert statement.span.of(scene.text) == statement.text
            assert statement.speaker.span.of(scene.text) == statement.speaker.text
            assert statement.evidence.span.covers(statement.span)


def test_the_meeting_speaks_through_the_anchor_of_its_event(scene_of: Make) -> None:
    scene = scene_of("5月9日，青岚区召开重点项目推进会。会议强调，要加快施工进度。")
    event = meeting(scene, "重点项目推进会")
    [statement] = statements(scene, (event,))
    assert statement.speaker == statement.at == event.anchor


def test_a_planned_meeting_does_not_speak(scene_of: Make) -> None:
    scene = scene_of("下月将召开重点项目推进会。会议强调，要加快施工进度。")
    [statement] = statements(scene, (meeting(scene, "重点项目推进会", "planned"),))
    assert statement.speaker.text == "会议"


def test_a_person_speaks_at_the_event_before(scene_of: Make) -> None:
    scene = scene_of("5月9日，青岚区召开重点项目推进会。张建国强调，要加快施工进度。")
    event = meeting(scene, "重点项目推进会")
    [statement] = statements(scene, (event,))
    assert (statement.speaker.name, statement.at) == ("张建国", event.anchor)


def test_a_pronoun_is_a_mention_of_its_own_with_the_full_name(read: Callable[[str], list[Statement]]) -> None:
    *_, statement = read("区长张建国来到青岚科技园。他强调，要加快施工进度。")
    assert (statement.speaker.kind, statement.speaker.text, statement.speaker.name) == ("Person", "他", "张建国")


def test_what_a_statement_is_about_is_concerned(read: Callable[[str], list[Statement]]) -> None:
    [statement] = read("张建国强调，青岚科技园要推行“链长制”。")
    assert [(m.kind, m.name) for m in statement.concerns] == [("Project", "青岚科技园"), ("Policy", "“链长制”")]


@pytest.mark.parametrize(
    ("words", "modality", "polarity"),
    [
        ("要优化营商环境。", "demand", "positive"),
        ("优化营商环境，激发活力。", "demand", "positive"),
        ("不得弄虚作假。", "demand", "negative"),
        ("要严禁弄虚作假。", "demand", "negative"),
        ("要坚决反对形式主义。", "demand", "negative"),
        ("要守住底线，绝不能麻痹大意。", "demand", "positive"),
        ("项目将于年底建成。", "plan", "positive"),
        ("项目具有重要意义。", "report", "positive"),
        ("这项要求很重要。", "report", "positive"),
        ("主要指标稳步增长。", "report", "positive"),
    ],
)
def test_modality_and_polarity(words: str, modality: str, polarity: str, read: Callable[[str], list[Statement]]) -> None:
    [statement] = read(f"张建国指出，{words}")
    assert (statement.modality, statement.polarity) == (modality, polarity)


def test_what_is_required_is_a_demand_without_its_word(read: Callable[[str], list[Statement]]) -> None:
    [statement] = read("张建国要求施工单位抓紧完善手续。")
    assert (statement.text, statement.modality) == ("施工单位抓紧完善手续。", "demand")


def test_only_demands_that_are_not_negated_have_tasks(read: Callable[[str], list[Statement]]) -> None:
    by = {statement.text: [task.name for task in statement.tasks] for statement in read("张建国强调，要优化营商环境。不得损害营商环境。营商环境已经改善。")}
    assert by == {"要优化营商环境。": ["优化营商环境"], "不得损害营商环境。": [], "营商环境已经改善。": []}


def test_reading_twice_gives_the_same(read: Callable[[str], list[Statement]]) -> None:
    text = "".join(text for text, _ in STORIES.values())
    assert read(text) == read(text)
