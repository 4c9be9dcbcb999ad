"""Credits in many hands: who is a reporter, who made the page, what is no credit at all."""

from __future__ import annotations

import pytest

from kg.page.credits import line_credit, name_list, opening_credit, trailing_credit
from kg.page.furniture import folio_date, sort


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("记者 冯启 通讯员 白露 文/图", ["冯启", "白露"]),
        ("（冯启　文　白露　图）", ["冯启", "白露"]),
        ("文/冯启 图/白露", ["冯启", "白露"]),
        ("冯启/文 白露/摄", ["冯启", "白露"]),
        ("□本报全媒体记者 冯启 见习记者 白露", ["冯启", "白露"]),
        ("记者：冯启、白露", ["冯启", "白露"]),
        ("云桥融媒记者 冯启 白露", ["冯启", "白露"]),
        ("（区委宣传部 冯启 区税务局 白露）", ["冯启", "白露"]),
        ("(本報記者 歐陽文)", ["歐陽文"]),
        ("（阿依夏木·吐尔逊 冯启）", ["阿依夏木·吐尔逊", "冯启"]),
        ("记者 冯 启 实习生 白 露", ["冯启", "白露"]),
        ("策划：贺兰 统筹：温良 记者：冯启 编辑：时雨 校对：高远", ["冯启"]),
        ("本报记者 冯启（区融媒体中心）", ["冯启"]),
        ("（通讯员冯启白露）", ["冯启", "白露"]),
        ("（新华社记者 冯启）", ["冯启"]),
    ],
)
def test_a_line_credits_its_reporters(line: str, names: list[str]) -> None:
    found = line_credit(line)
    assert found is not None
    assert [name.name for name in found.reporters] == names
    assert all(line[name.start : name.end].replace(" ", "").replace("　", "") == name.name for name in found.reporters)


@pytest.mark.parametrize(
    "line",
    [
        "（试行）",
        "（掌声）",
        "（综合）",
        "甲区召开会议",
        "腾笼换鸟",
        "（以下简称《条例》）",
        "（一）",
        "（2024年3月5日）",
        "记者从区水务局获悉，水位下降。",
        "（完）",
        "■总投资3亿元",
        "高质量发展",
        "（左二）",
    ],
)
def test_other_lines_are_no_credit(line: str) -> None:
    found = line_credit(line)
    assert found is None or not found.reporters


def test_names_alone_need_a_surname() -> None:
    assert name_list("冯启 白露") is not None
    assert name_list("铺路搭桥 暖心") is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("区长出席。（记者 冯启）", ["冯启"]),
        ("区长出席。 本报记者 冯启 通讯员 白露", ["冯启", "白露"]),
        ("区长出席。(冯启 白露)", ["冯启", "白露"]),
    ],
)
def test_a_paragraph_ends_with_its_credit(line: str, names: list[str]) -> None:
    found = trailing_credit(line)
    assert found is not None
    assert [name.name for name in found.credit.reporters] == names
    assert [line[name.start : name.end] for name in found.credit.reporters] == names


@pytest.mark.parametrize("line", ["区长出席（见图）", "印发《办法（试行）》", "主任（兼）", "会议传达了通知（云桥办〔2024〕3号）", "他说，要抓落实。"])
def test_a_bracket_at_the_end_is_no_credit_by_itself(line: str) -> None:
    assert trailing_credit(line) is None


@pytest.mark.parametrize(
    ("line", "start", "names"),
    [
        ("本报讯 记者 冯启 通讯员 白露 5月1日，区长出席。", 3, ["冯启", "白露"]),
        ("本报讯（全媒体记者 冯启 实习生 白露）区长出席。", 3, ["冯启", "白露"]),
        ("本报讯 记者冯启报道：区长出席。", 3, ["冯启"]),
        ("本报讯（冯启 白露）区长出席。", 3, ["冯启", "白露"]),
        ("（通讯员 冯启）区长出席。", 0, ["冯启"]),
    ],
)
def test_a_story_opens_with_its_credit(line: str, start: int, names: list[str]) -> None:
    found = opening_credit(line, start)
    assert found is not None
    assert [name.name for name in found.credit.reporters] == names
    assert [line[name.start : name.end] for name in found.credit.reporters] == names


@pytest.mark.parametrize("line", ["本报讯 记者从区水务局获悉，水位下降。", "本报讯 记者在甲区采访时看到，水位下降。", "本报讯（区水务局）区长出席。"])
def test_a_reporter_without_a_name_is_no_credit(line: str) -> None:
    assert opening_credit(line, 3) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("02 要闻 2023年10月27日 星期五 责编:贺兰 美编:时雨", "folio"),
        ("2024年3月5日　星期二　农历甲辰年正月廿五　第1234期", "folio"),
        ("A03版 民生", "folio"),
        ("— 3 —", "folio"),
        ("二〇二四年三月五日 星期二", "folio"),
        ("责编：贺兰 校对：温良", "editors"),
        ("（责任编辑：贺兰）", "editors"),
        ("本版编辑 贺兰", "editors"),
        ("来源：云桥融媒", "origin"),
        ("（据新华社）", "origin"),
        ("==========", "rule"),
        ("12个项目集中开工", ""),
        ("5月1日起实行新公交线路", ""),
        ("编辑部里的故事", ""),
        ("“！”", ""),
        ("2024年云桥区政府工作报告", ""),
        ("时间：2024年3月5日（星期二）上午9:00", ""),
    ],
)
def test_furniture_is_told_from_text(line: str, expected: str) -> None:
    assert sort(line, first=True) == expected


def test_a_running_head_gives_only_true_dates() -> None:
    assert folio_date("二〇二四年十二月二十一日") == "2024-12-21"
    assert folio_date("2024.3.5 星期二") == "2024-03-05"
    assert folio_date("2024年13月5日") is None
    assert folio_date("3月5日 星期二") is None
