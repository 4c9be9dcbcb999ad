"""A text printed again is known again; a report from the same mould is another report; a newer version replaces the older."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.editions import Edition, corrects, editions, notice, sketch
from kg.resolve.values import EditionProfile

BODY = """3月5日，青岚区委书记王磊到东明街道调研基层治理工作，区领导赵一鸣、孙晓岚参加。
王磊先后来到东明社区党群服务中心、青岚湿地公园，详细了解网格化管理、生态修复等情况。
他强调，要坚持党建引领，健全“街道吹哨、部门报到”机制，推动资源力量向基层下沉。
要聚焦群众急难愁盼，办好老旧小区改造、停车位建设等民生实事，让群众看到变化、得到实惠。
要压实安全生产责任，全面排查整治燃气、消防等领域隐患，守牢安全底线。
截至目前，全区已改造老旧小区36个，新增停车位1200个，受益居民2.4万户。
"""
FIRST = EditionProfile("a1", "2024-03-06", "青岚日报", "a.txt", "王磊到东明街道调研", "王磊到东明街道调研\n" + BODY)
BULLETIN = """3月{day}日，青岚区空气质量指数为{index}，首要污染物为细颗粒物，浓度为每立方米{dust}微克。
全区12个监测站点中，优良站点{good}个，青岚湿地站最好，指数为{best}，白石路站最高，指数为{worst}。
区生态环境局提醒，敏感人群应减少户外活动，外出时做好防护。
预计未来两天扩散条件一般，请广大市民关注空气质量变化，绿色出行。
"""


def bulletin(day: int, **figures: int) -> EditionProfile:
    text = "青岚区空气质量日报\n" + BULLETIN.format(day=day, **figures)
    return EditionProfile(f"b{day}", f"2024-03-{day + 1:02}", "青岚日报", f"b{day}.txt", "青岚区空气质量日报", text)


def edition(*articles: EditionProfile) -> Edition:
    (found,) = editions(articles)
    return found


def test_the_same_text_in_another_paper_is_a_reprint_that_gives_way_to_the_first() -> None:
    again = replace(
        FIRST, article="a0", published="2024-03-07", publisher="云州晚报", headline="青岚区委书记调研基层治理", text="青岚区委书记调研基层治理\n" + BODY
    )
    found = edition(again, FIRST)
    assert (found.article, found.kept, found.first, found.relation, found.similarity) == ("a0", "a1", "a1", "reprint", 1.0)
    assert "正文相同" in found.reason and "青岚日报" in found.reason


def test_a_reprint_with_its_own_credit_and_a_few_other_words_is_known() -> None:
    text = "本报讯（记者 周小舟）" + BODY.replace("详细了解", "深入了解").replace("受益居民", "惠及居民")
    assert edition(FIRST, replace(FIRST, article="a2", publisher="云州晚报", text=text)).relation == "reprint"


def test_a_reprint_that_leaves_the_last_words_out_is_known() -> None:
    short = BODY[: BODY.index("截至目前")]
    found = edition(FIRST, replace(FIRST, article="a2", published="2024-03-07", text=short))
    assert (found.article, found.kept, found.relation) == ("a2", "a1", "reprint")


def test_a_changed_text_of_the_same_paper_on_a_later_day_replaces_the_older() -> None:
    found = edition(FIRST, replace(FIRST, article="a2", published="2024-03-07", text=FIRST.text.replace("36个", "38个")))
    assert (found.article, found.kept, found.first, found.relation) == ("a1", "a2", "a1", "newer")


def test_the_house_of_a_paper_and_its_app_is_one() -> None:
    later = replace(FIRST, article="a2", published="2024-03-07", publisher="青岚日报客户端", text=FIRST.text.replace("36个", "38个"))
    assert edition(FIRST, later).relation == "newer"


def test_another_paper_s_small_changes_are_a_reprint_and_replace_nothing() -> None:
    other = replace(FIRST, article="a2", published="2024-03-07", publisher="云州晚报", text=FIRST.text.replace("36个", "38个"))
    assert (edition(FIRST, other).kept, edition(FIRST, other).relation) == ("a1", "reprint")


def test_where_no_paper_is_known_a_changed_text_of_a_later_day_is_newer() -> None:
    older = replace(FIRST, publisher=None)
    later = replace(older, article="a0", published="2024-03-07", text=FIRST.text.replace("36个", "38个"))
    assert (edition(later, older).kept, edition(later, older).relation) == ("a0", "newer")


def test_of_two_texts_without_a_day_neither_is_newer() -> None:
    one = replace(FIRST, published=None)
    assert edition(one, replace(one, article="a2", text=FIRST.text.replace("36个", "38个"))).relation == "reprint"


@pytest.mark.parametrize(
    ("headline", "text", "relation"),
    [
        ("王磊到东明街道调研（更正）", FIRST.text, "corrects"),
        ("【更正】王磊到东明街道调研", FIRST.text, "corrects"),
        ("更正：王磊到东明街道调研", FIRST.text, "corrects"),
        ("王磊到东明街道调研（更新）", FIRST.text, "newer"),
        ("王磊到东明街道调研（修订版）", FIRST.text, "newer"),
        ("王磊到东明街道调研", FIRST.text + "（本文已更新）\n", "newer"),
        ("王磊到东明街道调研", FIRST.text + "（本文有更正，此前版本所载数字有误。）\n", "corrects"),
    ],
)
def test_a_text_that_is_marked_replaces_one_that_is_not_even_on_the_same_day(headline: str, text: str, relation: str) -> None:
    marked = replace(FIRST, article="a0", headline=headline, text=text.replace("王磊", "王雷"))
    found = edition(FIRST, marked)
    assert (found.article, found.kept, found.first, found.relation) == ("a1", "a0", "a0", relation)


def test_city_renewal_in_a_headline_is_no_mark() -> None:
    other = replace(FIRST, article="a2", publisher="云州晚报", headline="王磊调研城市更新", text="王磊调研城市更新\n" + BODY)
    assert edition(FIRST, other).relation == "reprint"


def test_a_correction_of_a_correction_replaces_both() -> None:
    second = replace(FIRST, article="a2", published="2024-03-07", text=FIRST.text.replace("36个", "38个"))
    third = replace(FIRST, article="a3", published="2024-03-08", headline=FIRST.headline + "（更正）", text=FIRST.text.replace("36个", "39个"))
    found = editions([third, FIRST, second])
    assert [(one.article, one.kept, one.first, one.relation) for one in found] == [("a1", "a3", "a1", "corrects"), ("a2", "a3", "a1", "corrects")]


def test_daily_bulletins_from_one_mould_are_no_reprints() -> None:
    one = bulletin(5, index=65, dust=41, good=9, best=48, worst=83)
    two = bulletin(6, index=112, dust=78, good=3, best=71, worst=136)
    assert editions([one, two]) == ()


def test_a_bulletin_of_another_day_with_the_same_figures_is_no_reprint() -> None:
    assert editions([bulletin(day, index=65, dust=41, good=9, best=48, worst=83) for day in (5, 6)]) == ()


def test_a_yearly_text_is_no_reprint_of_last_year_s() -> None:
    text = "青岚区烈士纪念日向人民英雄敬献花篮仪式9月30日上午在青岚广场举行，区领导和各界代表将出席，青岚电视台将现场直播。\n"
    one = EditionProfile("y1", "2022-09-29", "青岚日报", "y.txt", "敬献花篮仪式将举行", text)
    assert editions([one, replace(one, article="y2", published="2023-09-29")]) == ()
    assert edition(one, replace(one, article="y2", published="2022-09-30")).relation == "reprint"


def test_a_long_text_is_known_again_after_years() -> None:
    long = replace(FIRST, text=FIRST.text + BODY.replace("青岚", "白石").replace("要", "必须") * 2)
    assert edition(long, replace(long, article="a2", published="2026-03-06")).relation == "reprint"


def test_books_in_two_languages_are_two_reports() -> None:
    mould = (
        "《青岚故事》{0}文版近日由云州出版社出版，面向海内外发行。该书收录文章36篇，图文并茂地介绍了青岚区的历史文化、"
        "风土人情和发展成就，{0}文版的出版有助于各国读者了解青岚。\n"
    )
    one, two = (
        EditionProfile(tongue, "2024-05-04", "青岚日报", "x", f"《青岚故事》{tongue}文版出版", f"《青岚故事》{tongue}文版出版\n" + mould.format(tongue))
        for tongue in ("法", "俄")
    )
    assert editions([one, two]) == ()


def test_two_headlines_without_a_report_are_two() -> None:
    one = EditionProfile("k1", "2024-03-05", None, "k", "国内联播快讯", "国内联播快讯\n")
    assert editions([one, replace(one, article="k2", published="2024-03-06")]) == ()


def test_two_reports_on_one_visit_in_their_own_words_are_two() -> None:
    own = "3月5日，王磊在东明街道走访了社区和公园，他要求干部多为居民解难题。\n区里今年还要改造更多老旧小区，增加停车位，并排查燃气隐患。\n"
    assert editions([FIRST, replace(FIRST, article="a2", publisher="云州晚报", headline="书记走访东明", text=own)]) == ()


def test_what_is_parted_by_hand_stays_two_and_what_is_bound_becomes_one() -> None:
    again = replace(FIRST, article="a2", publisher="云州晚报")
    assert editions([FIRST, again], apart=[("a2", "a1")]) == ()
    other = replace(FIRST, article="a3", published="2024-09-01", text="另一篇报道，写的是完全不同的一件事，因此从文字上看不出来是同一稿。\n")
    assert editions([FIRST, other]) == ()
    (found,) = editions([other, FIRST], together=[("a3", "a1")])
    assert (found.article, found.kept, found.relation) == ("a1", "a3", "newer")


def test_texts_bound_in_a_chain_are_one_group() -> None:
    others = [
        replace(FIRST, article=f"c{n}", text=f"第{n}篇" + "".join(random.Random(n).choices("天地玄黄宇宙洪荒日月盈昃辰宿列张", k=60)) + "\n") for n in range(4)
    ]
    pairs = [("c2", "c3"), ("c0", "c1"), ("c1", "c2")]
    assert [found.article for found in editions(others, together=pairs)] == ["c1", "c2", "c3"]


MANY = (
    FIRST,
    replace(FIRST, article="a2", publisher="云州晚报"),
    replace(FIRST, article="a3", published="2024-03-07", text=FIRST.text.replace("36个", "38个")),
    replace(FIRST, article="a4", published="2024-03-08", headline="王磊到东明街道调研（更正）", text=FIRST.text.replace("王磊", "王雷")),
    bulletin(5, index=65, dust=41, good=9, best=48, worst=83),
    bulletin(6, index=112, dust=78, good=3, best=71, worst=136),
    replace(FIRST, article="a5", published=None),
)


@given(st.permutations(MANY))
def test_the_order_of_the_articles_never_matters(articles: list[EditionProfile]) -> None:
    assert editions(articles) == editions(MANY)


def test_strangers_among_the_candidates_change_nothing() -> None:
    assert editions(MANY) == tuple(sorted((*editions(MANY[:4] + MANY[6:]), *editions(MANY[4:6]))))


def test_everyone_but_the_one_that_is_kept_gives_way_to_it() -> None:
    found = editions(MANY)
    assert {one.article for one in found} == {"a1", "a2", "a3", "a5"} and {one.kept for one in found} == {"a4"}


# ------------------------------------------------------------ sketches


def test_texts_that_are_nearly_one_share_a_key() -> None:
    changed = BODY.replace("36个", "38个").replace("王磊", "王雷").replace("详细了解", "深入了解")
    assert set(sketch(BODY)) & set(sketch(changed))
    assert set(sketch(BODY)) & set(sketch("云州晚报讯 " + BODY[: BODY.index("截至目前")]))


def test_marks_and_spaces_do_not_change_the_keys() -> None:
    assert sketch("青岚区召开会议，部署工作。") == sketch("青岚区召开会议,部署工作.") == sketch("青岚区召开会议，部署工作")


def test_a_text_without_letters_has_no_keys() -> None:
    assert sketch("……\n") == ()


def test_keys_are_short_few_and_sorted() -> None:
    keys = sketch(BODY * 3)
    assert list(keys) == sorted(keys) and len(keys) <= 13 and all(len(key) == 16 for key in keys)


def test_other_texts_share_no_key() -> None:
    assert not set(sketch(BODY)) & set(sketch(BULLETIN))


# ------------------------------------------------------------ notices


def told(text: str, headline: str = "更正", published: str | None = "2024-03-07", publisher: str | None = "青岚日报") -> EditionProfile:
    return EditionProfile("n1", published, publisher, "n.txt", headline, text)


def test_a_notice_tells_headline_day_and_words() -> None:
    found = notice(told("更正\n本报3月6日第1版《王磊到东明街道调研》一文中，“王磊”应为“王雷”，特此更正。\n"))
    assert found is not None
    assert (found.headline_quoted, found.day, found.wrong, found.right) == ("王磊到东明街道调研", "2024-03-06", "王磊", "王雷")


@pytest.mark.parametrize(
    "words",
    [
        "“36个”应为“38个”",
        "“36个”应当为“38个”",
        "“36个”有误，应为“38个”",
        "“36个”应更正为“38个”",
        "“36个”更正为“38个”",
        "“36个”系“38个”之误",
        "“38个”误写为“36个”",
        "误将“38个”写为“36个”",
        "因编校疏忽，误将“38个”印成了“36个”",
        "将“38个”误排为“36个”",
        "「36个」應為「38个」",
        "“38个”被错写成“36个”",
    ],
)
def test_a_notice_is_read_in_its_many_wordings(words: str) -> None:
    found = notice(told(f"本报3月6日1版刊发的《王磊到东明街道调研》一文，{words}。特此更正，并向读者致歉。\n"))
    assert found is not None and (found.wrong, found.right) == ("36个", "38个")


def test_a_notice_may_put_several_words_right() -> None:
    found = notice(told("本报昨日《王磊到东明街道调研》一文，“王磊”应为“王雷”，“36个”应为“38个”。特此更正。\n"))
    assert found is not None and found.day == "2024-03-06" and found.corrections == (("王磊", "王雷"), ("36个", "38个"))


def test_the_day_of_a_notice_lies_before_it() -> None:
    found = notice(told("本报12月30日《年终总结会召开》一文，“王磊”应为“王雷”。特此更正。\n", published="2024-01-02"))
    assert found is not None and found.day == "2023-12-30"


def test_the_day_of_a_notice_without_a_date_has_no_year() -> None:
    found = notice(told("本报3月6日《会议召开》一文，“王磊”应为“王雷”。特此更正。\n", published=None))
    assert found is not None and found.day == "--03-06"


@pytest.mark.parametrize(
    "text",
    [
        FIRST.text,
        "王磊说，“36个”应为“38个”，大家都笑了。\n",
        "区市场监管局责令3家企业改正违法行为。\n",
        BODY * 3 + "更正：“36个”应为“38个”。\n",
    ],
)
def test_other_reports_are_no_notices(text: str) -> None:
    assert notice(replace(told(text), headline="要闻")) is None


def test_a_notice_finds_the_article_it_puts_right() -> None:
    found = notice(told("本报3月6日第1版《王磊到东明街道调研》一文中，“王磊”应为“王雷”，特此更正。\n"))
    assert found is not None
    day_after = replace(FIRST, article="a2", published="2024-03-07", text=FIRST.text + "又一日。\n")
    elsewhere = replace(FIRST, article="a3", publisher="云州晚报")
    other = replace(FIRST, article="a4", headline="青岚区召开常务会", text="王磊主持会议。\n")
    assert corrects(found, [day_after, elsewhere, other, FIRST]) == "a1"
    assert corrects(found, [day_after, elsewhere, other]) is None


def test_a_notice_quotes_one_line_of_a_headline() -> None:
    found = notice(told("本报3月6日《到东明街道调研》一文中，“王磊”应为“王雷”，特此更正。\n"))
    assert found is not None and corrects(found, [FIRST]) == "a1"


def test_a_notice_that_quotes_no_headline_needs_day_and_words() -> None:
    found = notice(told("本报3月6日第1版头条中，“王磊”应为“王雷”，特此更正。\n"))
    assert found is not None and found.headline_quoted is None
    assert corrects(found, [FIRST, replace(FIRST, article="a2", text="另一篇。\n")]) == "a1"
    assert corrects(found, [replace(FIRST, published=None)]) is None


def test_of_two_articles_that_fit_a_notice_chooses_neither() -> None:
    found = notice(told("本报3月6日第1版头条中，“王磊”应为“王雷”，特此更正。\n"))
    assert found is not None
    assert corrects(found, [FIRST, replace(FIRST, article="a2", text=FIRST.text + "还有一段。\n")]) is None
