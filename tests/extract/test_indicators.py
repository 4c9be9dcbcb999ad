"""Figures: name, value, unit, change, period, area and subject, and the numbers that are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.extract.indicators import indicators
from kg.extract.scene import Scene
from kg.model import Indicator

Read = Callable[..., list[Indicator]]


@pytest.fixture
def read(scene_of: Callable[[str], Scene]) -> Read:
    """Read the figures of a text that was published on 20 April 2024 by 青岚区."""

    def found(text: str, published: str | None = "2024-04-20") -> list[Indicator]:
        scene = scene_of(text)
        scene.article = replace(scene.article, published=published)
        scene.homes = {"区": "青岚区"}
        return list(indicators(scene))

    return found


def told(figure: Indicator) -> str:
    return f"{figure.name} {figure.change or ''}={figure.value}{figure.unit}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # levels
        ("一季度，全区生产总值达到225亿元。", ["生产总值 =225亿元"]),
        ("一季度，全区粮食产量突破3.2万吨。", ["粮食产量 =3.2万吨"]),
        ("标的额1460余万元。", ["标的额 =1460万元"]),
        ("粮食播种面积超过10亿多亩。", ["粮食播种面积 =10亿亩"]),
        ("外贸进出口总值1,488亿元。", ["外贸进出口总值 =1488亿元"]),
        ("外贸进出口总值27.08万亿元人民币。", ["外贸进出口总值 =27.08万亿元"]),
        ("城镇化率达到６５．２％。", ["城镇化率 =65.2%"]),
        ("全国铁路共发送旅客九亿人次。", ["铁路发送旅客 =9亿人次"]),
        ("全行业实现营业收入9.9亿元；实现利润总额7903万元。", ["全行业营业收入 =9.9亿元", "全行业利润总额 =7903万元"]),
        ("国内生产总值（GDP）为114.9万亿元。", ["国内生产总值 =114.9万亿元"]),
        ("居民消费价格指数CPI同比上涨0.1%。", ["居民消费价格指数 同比=0.1%"]),
        ("港口货物吞吐量完成15.3亿吨。", ["港口货物吞吐量 =15.3亿吨"]),
        ("快递业务量日均近4亿件。", ["日均快递业务量 =4亿件"]),
        ("新办小微企业1245万户，同比增长4%。", ["新办小微企业 =1245万户", "新办小微企业 同比=4%"]),
        ("陶瓷产量由三年前的50万件增至80万件。", ["陶瓷产量 =80万件"]),
        # changes
        ("一季度，全区生产总值同比增长6.5%。", ["生产总值 同比=6.5%"]),
        ("社会物流总额225万亿元，同比增长5.4%。", ["社会物流总额 =225万亿元", "社会物流总额 同比=5.4%"]),
        ("固定资产投资同比增长百分之八点三。", ["固定资产投资 同比=8.3%"]),
        ("固定资产投资同比下降2.1%。", ["固定资产投资 同比=-2.1%"]),
        ("工业用电量比上年同期实际增长5.9%。", ["工业用电量 同比=5.9%"]),
        ("工业用电量较去年同期大幅减少3%。", ["工业用电量 同比=-3%"]),
        ("工业用电量环比上升1.4%。", ["工业用电量 环比=1.4%"]),
        ("工业用电量较上月回落1.4%。", ["工业用电量 环比=-1.4%"]),
        ("贷款余额251亿元，较年初增加13.5亿元。", ["贷款余额 =251亿元", "贷款余额 较年初=13.5亿元"]),
        ("居民人均可支配收入比上年增长4%。", ["居民人均可支配收入 比上年=4%"]),
        ("货邮运输量较2019年同期增长19.3%。", ["货邮运输量 比2019年=19.3%"]),
        ("旅游总收入年均增长12%。", ["旅游总收入 年均=12%"]),
        ("城镇化率比上年提高1.2个百分点。", ["城镇化率 比上年=1.2个百分点"]),
        ("城镇化率比上年提高两个百分点。", ["城镇化率 比上年=2个百分点"]),
        ("与上年同期相比，陶瓷出口额上涨0.6%。", ["陶瓷出口额 同比=0.6%"]),
        ("民间投资增长3%。", ["民间投资 增长=3%"]),
        ("新增贷款同比增长1.1倍。", ["新增贷款 同比=1.1倍"]),
        ("陶瓷出口价格由上月上涨0.9%转为下降1.3%。", ["陶瓷出口价格 增长=-1.3%"]),
        ("进出口总值9亿元，同比增长5%。其中，出口6亿元，增长8%，进口3亿元，下降1.3%。",
         ["进出口总值 =9亿元", "进出口总值 同比=5%", "出口 =6亿元", "出口 同比=8%", "进口 =3亿元", "进口 同比=-1.3%"]),
        ("陶瓷产量同比增长9%，增速比上月加快0.5个百分点。", ["陶瓷产量 同比=9%", "陶瓷产量增速 环比=0.5个百分点"]),
        ("陶瓷产量同比增长9%，比上半年提高0.8个百分点。", ["陶瓷产量 同比=9%", "陶瓷产量增速 比上半年=0.8个百分点"]),
        ("投资完成率达到90%。", ["投资完成率 =90%"]),
        ("铁路客运量预计1510万人次。", ["预计铁路客运量 =1510万人次"]),
        ("发明专利拥有量166.5万件。", ["发明专利拥有量 =166.5万件"]),
        ("新能源汽车累计销售568.1万辆，同比增长70%。", ["新能源汽车销售 =568.1万辆", "新能源汽车销售 同比=70%"]),
        # several at once
        ("煤炭运量3亿吨，粮食运量2亿吨，同比分别增长6.1%、5.3%。",
         ["煤炭运量 =3亿吨", "粮食运量 =2亿吨", "煤炭运量 同比=6.1%", "粮食运量 同比=5.3%"]),
        ("新能源汽车、太阳能电池产量分别增长48.6%和13.2%。", ["新能源汽车产量 增长=48.6%", "太阳能电池产量 增长=13.2%"]),
        ("汽车产销量分别达到8万辆和7万辆。", ["汽车产量 =8万辆", "汽车销量 =7万辆"]),
        ("甲国、乙国对我国投资分别增长53%、14.2%。", ["甲国对我国投资 增长=53%", "乙国对我国投资 增长=14.2%"]),
        ("煤炭运量、粮食运量、木材运量同比分别增长6.1%、5.3%。", []),
        # shares
        ("服务进出口9亿元，占进出口总额的比重达43.5%。", ["服务进出口 =9亿元", "服务进出口占进出口总额的比重 =43.5%"]),
        ("陶瓷出口6亿元，占全区出口的15.7%。", ["陶瓷出口 =6亿元", "陶瓷出口占全区出口的比重 =15.7%"]),
        # projects
        ("该项目总投资约3.2亿元，占地面积132亩。", ["总投资 =3.2亿元", "占地面积 =132亩"]),
        ("预计2024年，全区接待游客800万人次。", ["预计接待游客 =800万人次"]),
    ],
)  # fmt: skip
def test_a_figure_has_a_name_a_value_and_a_unit(text: str, expected: list[str], read: Read) -> None:
    assert [told(figure) for figure in read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "会议于2024年4月16日召开，27人出席。",
        "他今年65岁，住在东明街12号院3单元。",
        "第14届博览会吸引600余家企业参展。",
        "咨询电话：0371-66666666。",
        "新版软件3.2升级完成，耗时20天。",
        "各级财政安排资金3000万元。",
        "力争全年生产总值增长6%。",
        "到2035年，全区生产总值突破500亿元。",
        "要推动工业增加值增长8%。",
        "城镇化率不低于60%。",
        "总投资3—4亿元。",
        "投资额4亿元以内。",
        "出口拉动生产总值增长2.4个百分点。",
        "中国用占世界9%的耕地养活了20%的人口。",
        "东部地区环比提高2.2个百分点。",
        "防卫预算约合521.5亿美元，较上年增长26%。",
        "力量增长3%。",
        "电站建成后，年发电量可达8亿千瓦时。",
        "这家企业在我国投资了1000多万美元。",
        "增长5%，下降3%。",
        "比重达到55%。",
        "",
    ],
)
def test_other_numbers_are_no_figures(text: str, read: Read) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("一季度，生产总值增长6%。", "2024-01", "2024-03"),
        ("2023年全区生产总值增长6%。", "2023", None),
        ("截至3月底，贷款余额25亿元。", "2024-03", None),
        ("青岚区财政局4月18日发布数据，1至3月，财政收入9亿元。", "2024-01", "2024-03"),
        ("昨天，景区接待游客3万人次。", "2024-04-19", None),
        ("一季度，用电量比2022年增长6%。", "2024-01", "2024-03"),
        ("一季度，出口6亿元。其中，陶瓷出口2亿元。", "2024-01", "2024-03"),
    ],
)
def test_a_figure_is_of_the_period_it_was_measured_in(text: str, start: str, end: str | None, read: Read) -> None:
    period = read(text)[-1].period
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "4月18日，青岚区财政局发布，财政收入9亿元。",
        "一季度，出口6亿元。目前，城镇化率达到65%。",
        "该项目今年开工，全长12公里。",
        "2023年，用电量3亿度。2024年春节假期，景区接待游客3万人次。",
        "用电量恢复至2019年同期水平，煤炭运量3万吨。",
    ],
)
def test_a_day_of_telling_or_a_year_compared_with_is_no_period(text: str, read: Read) -> None:
    assert read(text)[-1].period is None


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("全区生产总值增长6%。", "青岚区"),
        ("我国生产总值增长6%。", "中国"),
        ("全国城镇化率达到65%。", "中国"),
        ("青岚区生产总值增长6%。", "青岚区"),
        ("今年以来，青岚区聚焦项目，固定资产投资增长6%。", "青岚区"),
        ("我国出口6亿元，同比增长3%；进口2亿元。", "中国"),
        ("全球服务贸易总额增长6%。", None),
        ("生产总值增长6%。", None),
        ("全省生产总值增长6%。", None),
        ("全区域生产总值增长6%。", None),
    ],
)
def test_a_figure_is_of_the_area_that_the_text_names(text: str, area: str | None, read: Read) -> None:
    found = read(text)[-1].area
    assert (found.name if found else None) == area


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("青岚科技园总投资3.2亿元。", "青岚科技园"),
        ("青岚科技园今天开工，项目总投资3.2亿元。", "青岚科技园"),
        ("蓝海公司今年累计完成投资41.3亿元，同比增长12.7%。", "蓝海公司"),
        ("蓝海公司、青岚区住建局等4个项目总投资31亿元。", None),
        ("全区固定资产投资3.2亿元。", None),
    ],
)
def test_a_figure_is_of_the_project_or_body_that_the_text_names(text: str, subject: str | None, read: Read) -> None:
    found = read(text)[-1].subject
    assert (found.name if found else None) == subject


def test_the_evidence_of_a_change_holds_its_name(scene_of: Callable[[str], Scene]) -> None:
    scene = scene_of("会议召开。一季度，社会物流总额225万亿元，同比增长5.4%。")
    level, change = indicators(scene)
    assert level.evidence.span.of(scene.text) == "社会物流总额225万亿元"
    assert change.evidence.span.of(scene.text) == "社会物流总额225万亿元，同比增长5.4%"
    assert 0 < change.evidence.confidence <= 1


def test_figures_are_read_without_a_day_of_publication(read: Read) -> None:
    (figure,) = read("一季度，生产总值增长6%。", published=None)
    assert told(figure) == "生产总值 增长=6%"


def test_a_figure_of_a_traditional_page_keeps_its_characters(extractor, story) -> None:  # type: ignore[no-untyped-def]
    article = story("青嵐區經濟運行平穩\n記者張建國報導：一季度，全國規模以上工業增加值同比增長6.5%，進出口總額達到225億元。")
    figures = [fact for fact in extractor.reading(article).facts if isinstance(fact, Indicator)]
    assert [told(figure) for figure in figures] == ["規模以上工業增加值 同比=6.5%", "進出口總額 =225億元"]
