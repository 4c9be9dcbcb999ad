"""Pages of invented district newspapers in many layouts: which stories stand on them, where each begins and ends, who wrote it."""

from __future__ import annotations

from kg.model import Article, Document
from kg.page import articles


def stories(page: str, title: str | None = None, published: str | None = None) -> list[Article]:
    """Return the articles of a page; every character of theirs must lead back to it."""
    found = list(articles(Document("p", page, "p.txt", published, title=title)))
    printed = page if title is None else title + "\n" + page
    offset = len(printed) - len(page)
    for article in found:
        for place, character in enumerate(article.text):
            if character != "\n":
                assert printed[article.raw(place) + offset] == character
        for reporter in article.reporters:
            assert reporter.kind == "Journalist"
            assert reporter.span.of(article.text) == reporter.text
            assert any(byline.covers(reporter.span) for byline in article.bylines)
    return found


def told(page: str) -> list[tuple[str, list[str]]]:
    """Return headline and reporters of each article."""
    return [(article.headline, [reporter.name for reporter in article.reporters]) for article in stories(page)]


def body(article: Article) -> list[str]:
    """Return the paragraphs of the running text."""
    return [] if article.body is None else article.body.of(article.text).splitlines()


def test_a_shoulder_line_with_an_exclamation_mark_stands_before_the_headline() -> None:
    page = """奋战一百天，打赢翻身仗！

云桥区召开工业经济运行调度会

邓海川主持并讲话

本报讯（记者 沈一帆）6月3日，云桥区召开工业经济运行调度会。区委副书记、区长邓海川主持会议并讲话。

邓海川强调，要稳住存量、扩大增量。
"""
    (article,) = stories(page)
    assert article.headline == "云桥区召开工业经济运行调度会"
    assert [span.of(article.text) for span in article.headlines] == ["奋战一百天，打赢翻身仗！", "云桥区召开工业经济运行调度会", "邓海川主持并讲话"]
    assert body(article)[0].startswith("本报讯") and body(article)[-1].endswith("扩大增量。")
    assert [reporter.name for reporter in article.reporters] == ["沈一帆"]


def test_a_long_headline_without_a_stop_is_no_running_text() -> None:
    page = """以更高站位、更实举措、更硬作风，奋力谱写云桥高质量发展新篇章

中共云桥区委十二届六次全体会议暨区委经济工作会议在区会议中心隆重举行

1月6日，中共云桥区委十二届六次全体会议暨区委经济工作会议举行。会议由区委常委会主持。
"""
    (article,) = stories(page)
    assert article.headline == "中共云桥区委十二届六次全体会议暨区委经济工作会议在区会议中心隆重举行"
    assert len(article.headlines) == 2
    assert body(article) == ["1月6日，中共云桥区委十二届六次全体会议暨区委经济工作会议举行。会议由区委常委会主持。"]


def test_two_articles_without_blank_lines_between_them() -> None:
    page = """云桥区举行项目集中签约仪式
本报讯（记者 丁一 通讯员 卫国平）5月8日，云桥区举行项目集中签约仪式，12个项目落户。
区委书记吕同出席。
东明街道开展消防演练
本报讯（通讯员 华灵）近日，东明街道在丽景社区开展消防演练。
居民学会了使用灭火器。
"""
    assert told(page) == [("云桥区举行项目集中签约仪式", ["丁一", "卫国平"]), ("东明街道开展消防演练", ["华灵"])]
    assert [body(article)[-1] for article in stories(page)] == ["区委书记吕同出席。", "居民学会了使用灭火器。"]


def test_headings_inside_a_story_begin_no_story() -> None:
    page = """老厂房里长出新产业

本报记者 秦小雨

走进云桥区的老棉纺厂，机器早已搬空，取而代之的是一间间明亮的工作室。

腾笼换鸟

“厂房空了七年，看着心疼。”老工人庞大勇说。2021年，区里启动改造。

筑巢引凤

如今，38家文创企业在这里落户，年产值超过2亿元。

三、未来可期

下一步，园区将建设二期工程。
"""
    (article,) = stories(page)
    assert article.headline == "老厂房里长出新产业"
    assert [reporter.name for reporter in article.reporters] == ["秦小雨"]
    assert body(article)[1] == "腾笼换鸟" and body(article)[3] == "筑巢引凤" and body(article)[5] == "三、未来可期"
    assert body(article)[-1] == "下一步，园区将建设二期工程。"


def test_a_caption_stays_and_the_credit_of_its_photograph_goes() -> None:
    page = """云桥区开展河道清淤行动

本报讯（记者 乔木）7月1日，云桥区在西溪河开展清淤行动。区长邓海川到场督

图为清淤现场。 本报记者 安可 摄

导，并看望一线工人。
"""
    (article,) = stories(page)
    assert body(article) == ["本报讯（记者 乔木）7月1日，云桥区在西溪河开展清淤行动。区长邓海川到场督导，并看望一线工人。", "图为清淤现场。"]
    assert [reporter.name for reporter in article.reporters] == ["乔木"]
    assert "摄" not in article.text


def test_a_photograph_with_nothing_but_a_caption_is_a_story_of_its_photographer() -> None:
    page = """春耕正当时

图为3月2日，农民在云桥区柳河镇抢抓农时翻耕土地。 通讯员 祝秋生 摄

云桥区部署春季防火工作

本报讯（记者 乔木）3月3日，云桥区召开春季防火工作会。
"""
    assert told(page) == [("春耕正当时", ["祝秋生"]), ("云桥区部署春季防火工作", ["乔木"])]


def test_the_items_of_a_list_stay_in_their_story() -> None:
    page = """云桥区公布十件民生实事

本报讯 3月5日，云桥区公布2024年十件民生实事，内容如下：

1.新建幼儿园3所
2.改造老旧小区25个
3.新增公共停车位2000个

上述实事将于年底前完成。

（记者 石岚）

云桥区召开巡察动员会

本报讯 3月6日，云桥区委召开第七轮巡察动员会。

（记者 祁山）
"""
    assert told(page) == [("云桥区公布十件民生实事", ["石岚"]), ("云桥区召开巡察动员会", ["祁山"])]
    assert body(stories(page)[0])[1:4] == ["1.新建幼儿园3所", "2.改造老旧小区25个", "3.新增公共停车位2000个"]


def test_a_list_of_names_before_a_headline_is_no_headline() -> None:
    page = """云桥区表彰“最美护士”

本报讯（记者 石岚）5月12日，云桥区表彰10名“最美护士”。名单如下：
方晓 区人民医院
简宁 区中医院
云桥区启动科普月
本报讯（记者 祁山）5月13日，云桥区启动科普月活动。
"""
    first, second = stories(page)
    assert second.headline == "云桥区启动科普月"
    assert "简宁 区中医院" in body(first)


def test_pointers_to_other_pages_are_cut_out_and_the_story_goes_on_behind_them() -> None:
    page = """云桥区召开全区干部大会

区委书记吕同出席并讲话

本报讯（记者 沈一帆）2月7日，云桥区召开全区干部大会。会议指出，过去一年成绩来之不易。要坚持项目为王，抓好招商引（下转第二版）

区政协召开主席会议

本报讯（记者 乔木）2月7日，区政协召开主席会议。

02版 要闻 2024年2月8日 星期四

（上接第一版）资，推动产业集群发展。会议要求，各级干部要真抓实干。
"""
    first, second = stories(page)
    assert body(first)[-1].endswith("抓好招商引资，推动产业集群发展。会议要求，各级干部要真抓实干。")
    assert (second.headline, second.published) == ("区政协召开主席会议", "2024-02-08")
    assert "第一版" not in first.text and "下转" not in first.text


def test_a_traditional_page_is_read_like_a_simplified_one() -> None:
    page = """雲橋區舉行敬老嘉年華

【本報訊】（記者 葉可兒）雲橋區昨日舉行敬老嘉年華，逾三百名長者出席。

區長鄧海川說：「長者是社區的寶。」

雲橋鄉親會到訪柳河鎮

【本報訊】（通訊員 歐陽文）雲橋鄉親會一行二十人日前到訪柳河鎮，參觀古祠堂。
"""
    assert told(page) == [("雲橋區舉行敬老嘉年華", ["葉可兒"]), ("雲橋鄉親會到訪柳河鎮", ["歐陽文"])]


def test_slogans_above_the_headline_are_part_of_the_headline_block() -> None:
    page = """大抓招商
大抓项目
大抓环境

云桥区一季度重点项目集中开工

本报讯（记者 丁一）3月28日，云桥区一季度重点项目集中开工仪式举行。
"""
    (article,) = stories(page)
    assert article.headline == "云桥区一季度重点项目集中开工"
    assert len(article.headlines) == 4


def test_a_poem_inside_a_story_begins_no_story() -> None:
    page = """柳河镇办起村歌赛

本报讯（记者 秦小雨）9月9日，柳河镇举行村歌大赛。孩子们唱道：

柳河水呀弯又长
两岸稻花十里香

掌声久久不息。
"""
    (article,) = stories(page)
    assert body(article)[1:3] == ["柳河水呀弯又长", "两岸稻花十里香"]


def test_a_date_in_a_headline_is_no_running_head() -> None:
    page = """云桥区2024年一季度经济运行情况

4月20日，云桥区统计局发布一季度经济运行情况。全区生产总值同比增长6.1%。

5月1日起云桥区实行新公交线路

本报讯（记者 丁一）记者从区交通运输局获悉，5月1日起，云桥区实行新的公交线路。
"""
    assert [headline for headline, _ in told(page)] == ["云桥区2024年一季度经济运行情况", "5月1日起云桥区实行新公交线路"]


def test_an_agency_report_names_its_reporters_behind_the_dateline() -> None:
    page = """春运客流平稳有序

新华社北京2月3日电（记者谢一宁、樊曦言）记者3日从有关部门获悉，春运客流平稳有序。
"""
    assert told(page) == [("春运客流平稳有序", ["谢一宁", "樊曦言"])]


def test_a_credit_below_the_headline_may_have_no_dateline_behind_it() -> None:
    page = """一棵老树的新故事

□ 本报记者 孟 想 通讯员 章若水

在云桥区柳河镇的村口，一棵老樟树站了三百年。

——记柳河镇古树保护

村里的老人说，树在，家就在。

小巷里的“板凳会”

■记者 冯启/文 白露/图

傍晚时分，东明街道的小巷里摆开了板凳。
"""
    first, second = stories(page)
    assert [reporter.name for reporter in first.reporters] == ["孟想", "章若水"]
    assert first.reporters[0].text == "孟 想"
    assert (second.headline, [reporter.name for reporter in second.reporters]) == ("小巷里的“板凳会”", ["冯启", "白露"])


def test_a_headline_broken_over_two_lines_is_joined() -> None:
    page = """云桥区召开优化营商环境暨
民营经济高质量发展大会

本报讯 2月18日，云桥区召开优化营商环境暨民营经济高质量发展大会。

（记者 沈一帆）

区领导调研城市更新和老旧小区
改造工作

本报讯 2月19日，区长邓海川调研城市更新和老旧小区改造工作。
"""
    first, second = stories(page)
    assert first.headline == "云桥区召开优化营商环境暨民营经济高质量发展大会"
    assert second.headline == "区领导调研城市更新和老旧小区改造工作"


def test_the_continuation_after_a_dash_belongs_to_the_headline() -> None:
    page = """一条路的三次“变身”

——云桥区中山路改造侧记

清晨六点，中山路的早点铺已经热气腾腾。
"""
    assert told(page) == [("一条路的三次“变身”——云桥区中山路改造侧记", [])]


def test_a_broken_word_is_closed_even_over_three_pieces() -> None:
    page = """云桥区召开安委会会议

本报讯 8月2日，云桥区召开安全生产委员会第三次全体会议，部署下半年工作。会议要求，要压实企业主体责

任，全面排查重大事故隐

患，守住安全底线。

区领导参加会议。
"""
    (article,) = stories(page)
    assert body(article) == [
        "本报讯 8月2日，云桥区召开安全生产委员会第三次全体会议，部署下半年工作。会议要求，要压实企业主体责任，全面排查重大事故隐患，守住安全底线。",
        "区领导参加会议。",
    ]


def test_a_paragraph_that_lacks_its_stop_does_not_swallow_the_next_headline() -> None:
    page = """云桥区举行植树活动

本报讯 3月12日，云桥区举行义务植树活动。吕同、邓海川等区领导参加

云桥区招商推介会走进上海

本报讯 3月13日，云桥区在上海举行招商推介会。
"""
    first, second = stories(page)
    assert body(first)[-1].endswith("等区领导参加")
    assert second.headline == "云桥区招商推介会走进上海"


def test_a_credit_broken_by_a_column_is_closed() -> None:
    page = """云桥区开展法治宣传

12月4日，云桥区开展国家宪法日宣传活动，发放资料5000份。

（记者 逄大

伟 通讯员 李四维）
"""
    (article,) = stories(page)
    assert [reporter.name for reporter in article.reporters] == ["逄大伟", "李四维"]
    assert body(article)[-1] == "（记者 逄大伟 通讯员 李四维）"


def test_a_credit_may_stand_at_the_end_of_the_last_paragraph() -> None:
    page = """东明街道送清凉

7月20日，东明街道慰问环卫工人，送去凉茶和毛巾。（通讯员 冯启 白露）

柳河镇治理“乱堆放”

连日来，柳河镇组织党员干部清理房前屋后杂物，清运垃圾12车。（辛未）
"""
    assert told(page) == [("东明街道送清凉", ["冯启", "白露"]), ("柳河镇治理“乱堆放”", ["辛未"])]


def test_editors_are_no_reporters_and_their_lines_no_text() -> None:
    page = """第03版：民生 2024年6月1日 星期六 责编：贺兰 美编：时雨 校对：温良

云桥区新增三处口袋公园

本报讯（记者 丁一）5月30日，云桥区三处口袋公园建成开放。

一审：贺兰 二审：温良 三审：高远

编辑：时雨
来源：云桥融媒
"""
    (article,) = stories(page)
    assert article.published == "2024-06-01"
    assert [reporter.name for reporter in article.reporters] == ["丁一"]
    assert body(article) == ["本报讯（记者 丁一）5月30日，云桥区三处口袋公园建成开放。"]


def test_a_feature_without_dateline_or_credit_begins_a_story_when_it_opens_like_one() -> None:
    page = """云桥区召开信访工作联席会议

本报讯（记者 丁一）1月14日，云桥区召开信访工作联席会议。区委副书记兰心主持会议并讲话。

区法院、区检察院负责人参加会议。

柳河镇腊味飘香迎新春

连日来，柳河镇的农家小院里腊味飘香，家家户户忙着灌香肠、腌腊肉，迎接新春。
"""
    assert [headline for headline, _ in told(page)] == ["云桥区召开信访工作联席会议", "柳河镇腊味飘香迎新春"]


def test_two_credits_cannot_belong_to_one_story() -> None:
    page = """云桥区召开双拥工作会

本报讯（记者 丁一）7月28日，云桥区召开双拥工作会。区委书记吕同出席。

会议通报了上半年工作情况。

石榴熟了的时候

柳河镇的山坡上，石榴挂满枝头。果农冯老汉望着果园笑得合不拢嘴。

“今年能多卖两万块。”他说。

（秦小雨 文/图）
"""
    assert told(page) == [("云桥区召开双拥工作会", ["丁一"]), ("石榴熟了的时候", ["秦小雨"])]


def test_minority_names_are_credited_whole() -> None:
    page = """天山脚下办起农民夜校

本报讯（记者 阿不都拉·买买提 通讯员 古丽娜尔•艾山）11月3日，雪峰县的农民夜校开班。
"""
    (article,) = stories(page)
    assert [reporter.name for reporter in article.reporters] == ["阿不都拉·买买提", "古丽娜尔·艾山"]
    assert article.reporters[1].text == "古丽娜尔•艾山"


def test_a_body_before_the_names_is_no_reporter() -> None:
    page = """云桥区开展义诊

4月7日，区卫生健康局在东明街道开展义诊，为200余名居民检查身体。

（区融媒体中心 石岚 祁山）
"""
    assert told(page) == [("云桥区开展义诊", ["石岚", "祁山"])]


def test_brief_news_in_brackets_are_no_credit() -> None:
    page = """云桥区出台办法

4月9日，云桥区印发《云桥区人才公寓管理办法（试行）》，自5月1日起施行。

（据新华社）
"""
    (article,) = stories(page)
    assert article.reporters == () and article.bylines == ()
    assert body(article) == ["4月9日，云桥区印发《云桥区人才公寓管理办法（试行）》，自5月1日起施行。"]


def test_a_page_set_in_lines_of_one_width_is_put_together() -> None:
    page = """云桥区召开防汛工作会议
本报讯（记者乔木）6月15日，云桥区召开防汛
工作会议，分析当前形势，部署下一步任务。区长
邓海川出席会议并讲话，区领导兰心主持会议。各
镇街主要负责同志参加会议。
邓海川强调，要压实责任，坚持二十四小时值班值
守，确保险情早发现、早报告、早处置。要备足物
资，组织好抢险队伍，开展实战演练，提高能力。
要关心受灾群众，妥善安排好他们的生活起居。
"""
    (article,) = stories(page)
    assert article.headline == "云桥区召开防汛工作会议"
    text = "".join(body(article))
    assert "防汛工作会议，分析" in body(article)[0] and "值班值守" in text
    assert "备足物资，组织好" in text


def test_indents_tell_the_paragraphs_of_a_page_set_in_one_width() -> None:
    page = """　　　云桥区召开防汛工作会议
　　本报讯（记者乔木）6月15日，云桥区召
开防汛工作会议，分析当前形势，部署下一步
任务。区长邓海川出席会议并讲话，他强调。
　　区领导兰心主持会议，各镇街主要负责同志
参加会议，会议以视频形式召开到各个村里。
　　会前，邓海川检查了西溪河堤防工程建设进
展情况，看望慰问一线值守人员，并送去物资。
"""
    (article,) = stories(page)
    assert len(body(article)) == 3
    assert [paragraph[:4] for paragraph in body(article)] == ["本报讯（", "区领导兰", "会前，邓"]


def test_a_column_of_brief_news_without_headlines_is_cut_at_its_credits() -> None:
    page = """简讯

本报讯 近日，东明街道开展禁毒宣传。（石岚）
本报讯 近日，柳河镇举办厨艺比赛。（祁山）
"""
    found = stories(page)
    assert [reporter.name for article in found for reporter in article.reporters] == ["石岚", "祁山"]
    assert found[0].headline == "简讯"


def test_a_known_title_is_the_first_line_and_stands_before_the_page() -> None:
    page = "今天，全国农业工作会议召开。\n会议强调，要抓好春耕。\n"
    (article,) = stories(page, title="全国农业工作会议召开", published="2024-01-02")
    assert article.text == "全国农业工作会议召开\n今天，全国农业工作会议召开。\n会议强调，要抓好春耕。\n"
    assert article.raw(0) == -len("全国农业工作会议召开") - 1
    assert article.headline == "全国农业工作会议召开"
    assert article.body is not None and article.body.of(article.text).startswith("今天")


def test_a_known_title_that_is_printed_is_not_set_twice() -> None:
    page = "奋进新征程\n\n全国农业工作会议 召开\n\n今天，全国农业工作会议召开。\n"
    (article,) = stories(page, title="全国农业工作会议召开")
    assert article.text.count("全国农业工作会议") == 2
    assert article.headline == "全国农业工作会议召开"
    assert [span.of(article.text) for span in article.headlines] == ["奋进新征程", "全国农业工作会议 召开"]


def test_a_page_with_a_known_title_is_one_story_with_headings() -> None:
    page = "我国建成最大风电场\n今天，我国建成最大风电场。\n两部门部署抗旱工作\n今天，两部门部署抗旱工作。\n"
    (article,) = stories(page, title="国内联播快讯")
    assert body(article) == page.strip().split("\n")


def test_a_broadcast_with_headings_in_it_is_one_story() -> None:
    page = "国内联播快讯\n\n我国建成最大风电场\n今天，我国建成最大风电场。\n两部门部署抗旱工作\n今天，两部门部署抗旱工作。\n"
    assert told(page) == [("国内联播快讯", [])]


def test_windows_line_ends_and_blanks_are_no_text() -> None:
    page = "\ufeff　　云桥区召开会议　\r\n\r\n　　本报讯 云桥区召开会议，部署工\r\n\r\n作。\t\r\n（记者　张　三）\r\n"
    (article,) = stories(page)
    assert article.text == "云桥区召开会议\n本报讯 云桥区召开会议，部署工作。\n（记者　张　三）\n"
    assert [reporter.name for reporter in article.reporters] == ["张三"]


def test_an_empty_page_has_no_story() -> None:
    assert stories("") == stories(" \n　\n") == stories("----\n\n03\n") == []


def test_the_same_page_gives_the_same_ids_and_another_date_another() -> None:
    page = "云桥区召开会议\n\n本报讯 云桥区召开会议。\n"
    assert stories(page)[0].id == stories(page)[0].id != stories(page, published="2024-01-01")[0].id


def test_a_feature_with_long_headings_is_one_story() -> None:
    page = """把服务送到企业门口

——云桥区助企行动走笔

“有难处，找专班。”这句话在云桥区的企业家中流传开来。

区领导带队走访，问需问计解难题

5月3日，区长邓海川带队走访企业，现场协调解决用地问题。

部门联动服务，用心用情办实事

5月10日，区市场监管局把窗口搬进园区，当天办结执照12件。

政策直达快享，惠企资金到账快

5月15日，38家企业收到了奖补资金，共计460万元。

（丁一 石岚）
"""
    assert told(page) == [("把服务送到企业门口——云桥区助企行动走笔", ["丁一", "石岚"])]
    assert len(body(stories(page)[0])) == 8


def test_questions_and_answers_are_one_story() -> None:
    page = """云桥区医保局解读新政策

本报讯（记者 石岚）6月1日起，云桥区实施新的医保政策。区医保局有关负责人回答了记者提问。

问：谁可以享受？

答：全区参保人员都可以享受。

问：怎么办理？

答：在“云桥通”上申请，3个工作日内办结。
"""
    (article,) = stories(page)
    assert body(article)[1:] == ["问：谁可以享受？", "答：全区参保人员都可以享受。", "问：怎么办理？", "答：在“云桥通”上申请，3个工作日内办结。"]


def test_a_notice_ends_with_its_body_and_its_day() -> None:
    page = """关于第三批区级非遗项目的公示

现将第三批区级非物质文化遗产项目名单予以公示，公示期5个工作日。

一、柳编技艺（柳河镇）

二、舞草龙（东明街道）

联系电话：12345

云桥区文化和旅游局

2024年3月8日
"""
    (article,) = stories(page)
    assert article.published is None
    assert body(article)[-2:] == ["云桥区文化和旅游局", "2024年3月8日"]


def test_a_seam_behind_a_number_is_closed() -> None:
    page = """云桥区新增学位

本报讯 9月1日，云桥区新投用学校5所，新增学位3

600个，总投资4.2亿元。

区教育局负责

人表示，明年再建3所。
"""
    (article,) = stories(page)
    assert body(article) == ["本报讯 9月1日，云桥区新投用学校5所，新增学位3600个，总投资4.2亿元。", "区教育局负责人表示，明年再建3所。"]


def test_the_first_words_of_a_story_before_a_seam_are_no_headline() -> None:
    page = """云桥区开展安全检查

近日，云

桥区应急管理局对辖区12家企业开展安全检查。

（通讯员 石岚）
"""
    (article,) = stories(page)
    assert article.headline == "云桥区开展安全检查"
    assert body(article)[0] == "近日，云桥区应急管理局对辖区12家企业开展安全检查。"


def test_names_of_two_letters_set_apart_and_glued_names_are_read() -> None:
    page = """云桥区举行歌会

本报讯 （记者陈　芳 通讯员王小明李四光）9月28日，云桥区举行歌会。
"""
    (article,) = stories(page)
    assert [(reporter.name, reporter.text) for reporter in article.reporters] == [("陈芳", "陈　芳"), ("王小明", "王小明"), ("李四光", "李四光")]


def test_a_reporter_who_tells_the_news_himself_is_credited() -> None:
    page = """云桥区地铁二期获批

本报讯 记者邓一宁从区发展改革局获悉，云桥区地铁二期工程获批。

云桥区图书馆延时开放

本报讯 记者从区图书馆获悉，7月起图书馆延时开放。
"""
    assert told(page) == [("云桥区地铁二期获批", ["邓一宁"]), ("云桥区图书馆延时开放", [])]


def test_leaders_named_in_brackets_in_the_text_are_no_reporters() -> None:
    page = """云桥区任命一批干部

5月6日，云桥区公布一批任命（按姓氏笔画排序）。会议通过了《关于修改〈云桥区街道协商办法〉的决定》（草案）。

邓海川（区长）出席会议。
"""
    assert told(page) == [("云桥区任命一批干部", [])]


def test_the_reporter_who_took_the_photograph_is_credited_where_no_other_is() -> None:
    page = """云桥区新增绿道

本报讯 6月8日，云桥区12公里滨河绿道开放。

（本报记者 安可 摄）

云桥区修缮古桥

本报讯（记者 石岚）6月9日，云桥区修缮百年古桥。

（本报记者 安可 摄）
"""
    assert told(page) == [("云桥区新增绿道", ["安可"]), ("云桥区修缮古桥", ["石岚"])]
