"""Invented stories in which every name is marked, and the events that they tell: [A:甲区] is an area, [P:张建国] a person …"""

from __future__ import annotations

import re

import pytest

from kg.extract.events import events
from kg.extract.scene import Scene
from kg.model import Anchor, Article, Event, Kind, Mention, Span

KINDS: dict[str, Kind] = {
    "P": "Person", "O": "Organization", "A": "Area", "L": "Place", "J": "Project", "Y": "Policy", "D": "Document", "T": "Post",
}  # fmt: skip
MARK = re.compile(r"\[([POALJYDT]):([^\]|]+)(?:\|([^\]]+))?\]")


def scene_of(marked: str, published: str | None = None) -> Scene:
    """Make a scene of marked lines: the first is the headline."""
    text, found, here = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[here : mark.start()]
        found.append((KINDS[mark[1]], len(text), mark[2], mark[3] or mark[2]))
        text += mark[2]
        here = mark.end()
    text += marked[here:] + "\n"
    first = text.index("\n")
    article = Article("a1", text[:first], text, (Span(0, first),), Span(first + 1, len(text)), (), (), published, (Anchor(0, 0),), "a.txt")
    scene = Scene(article)
    scene.add(Mention(kind, words, Span(start, start + len(words)), name, "test") for kind, start, words, name in found)
    return scene


def told(marked: str, published: str | None = "2024-05-12") -> list[str]:
    """Return the events of a marked story, each as one line."""
    return [line(event) for event in events(scene_of(marked, published))]


def line(event: Event) -> str:
    when = " ".join(w.start + ("/" + w.end if w.end else "") for w in event.when)
    places = " ".join(p.name for p in event.places)
    roles: dict[str, list[str]] = {}
    for role, who in event.roles:
        roles.setdefault(role, []).append(who.name)
    parts = [f"{event.kind} {event.names[0]}", when, "@" + places if places else "", *(f"{role}={'、'.join(who)}" for role, who in roles.items())]
    return " | ".join(part for part in parts if part)


STORIES = [
    pytest.param(
        "[A:甲区]召开优化营商环境推进会\n本报讯 5月11日,[A:甲区]召开优化营商环境推进会。区委书记[P:张建国]出席并讲话。区长[P:李志远]主持会议。",
        ["Meeting 甲区优化营商环境推进会 | 2024-05-11 | convener=甲区 | attendee=张建国、李志远 | speaker=张建国 | chair=李志远"],
        id="a meeting that an area holds",
    ),
    pytest.param(
        "[O:甲区政协]全会开幕\n5月11日上午，[O:甲区政协]六届三次会议在[L:东明会堂]开幕。区政协主席[P:王秀兰]主持大会，副主席[P:赵小川]作工作报告。区领导[P:张建国]、[P:李志远]到会祝贺，[P:孙大圣]列席会议。",
        [
            "Meeting 甲区政协六届三次会议 | 2024-05-11 | @东明会堂 | convener=甲区政协 | chair=王秀兰 | attendee=王秀兰、赵小川、孙大圣 | speaker=赵小川",
        ],
        id="a meeting that opens, its chair, report and guests",
    ),
    pytest.param(
        "[P:张建国]调研重点项目建设\n本报讯 5月9日下午，区委书记[P:张建国]先后来到[J:青岚科技园]、[J:东明隧道]、[L:西河路]，"
        "调研重点项目建设工作。副区长[P:李志远]参加调研。",
        ["Inspection 调研重点项目建设 | 2024-05-09 | agent=张建国 | target=青岚科技园、东明隧道、西河路 | companion=李志远"],
        id="an inspection with a list of sites",
    ),
    pytest.param(
        "[P:张建国]走访慰问老党员\n5月8日至9日，[P:张建国]深入[A:石桥镇]、[A:柳林乡]，走访慰问困难党员。[P:李志远]、[P:王秀兰]陪同。",
        ["Inspection 走访慰问老党员 | 2024-05-08/2024-05-09 | @石桥镇 柳林乡 | agent=张建国 | companion=李志远、王秀兰"],
        id="towns are the places of an inspection",
    ),
    pytest.param(
        "[P:张建国]督导安全生产\n昨日，区长[P:张建国]在副区长[P:李志远]，区应急局局长[P:王秀兰]陪同下，到[O:蓝海公司]督导安全生产工作。他强调，要压实责任。在[O:东明纺织厂]车间，[P:张建国]仔细询问消防设施情况。",
        ["Inspection 督导安全生产 | 2024-05-11 | agent=张建国 | target=蓝海公司、东明纺织厂 | companion=李志远、王秀兰"],
        id="companions before the verb, a site told later",
    ),
    pytest.param(
        "[O:甲区政协]视察农业园区\n10日上午，[O:甲区政协]副主席[P:王秀兰]带领20余名委员视察农业园区建设。委员们一行先后来到[A:石桥镇柳树村]、[J:青岚农业园]，听取介绍。[P:李志远]参加视察。",
        ["Inspection 视察农业园区 | 2024-05-10 | @石桥镇 | agent=王秀兰 | target=石桥镇柳树村、青岚农业园 | companion=李志远"],
        id="a village is visited, its town is the place",
    ),
    pytest.param(
        "区人大常委会开展执法检查\n5月6日至7日，[O:甲区人大常委会]组成检查组，对《[D:甲区河道条例]》实施情况进行检查。检查组分两路，第一组由[P:张建国]带队，先后前往[A:石桥镇]、[A:柳林乡]；第二组由[P:李志远]带队。",
        ["Inspection 检查 | 2024-05-06/2024-05-07 | @石桥镇 柳林乡 | agent=甲区人大常委会、张建国、李志远"],
        id="a body inspects in two groups",
    ),
    pytest.param(
        "[P:张建国]会见客商\n昨日上午，区委书记[P:张建国]在[L:东明宾馆]会见[O:蓝海公司]董事长[P:卡尔·伯格曼]一行。[P:李志远]、[P:王秀兰]参加会见。",
        ["Talks 张建国会见客商 | 2024-05-11 | @东明宾馆 | agent=张建国 | counterpart=卡尔·伯格曼 | companion=李志远、王秀兰"],
        id="somebody receives a guest",
    ),
    pytest.param(
        "[P:张建国]同外宾会谈\n5月11日，国家主席[P:张建国]在北京同来访的甲国总统[P:卡尔·伯格曼]举行会谈。会谈后，两国元首共同见证签署多项合作文件。[P:李志远]参加上述活动。",
        [
            "Talks 张建国同外宾会谈 | 2024-05-11 | agent=张建国 | counterpart=卡尔·伯格曼 | companion=李志远",
            "Ceremony 签署多项合作文件 | 2024-05-11",
        ],
        id="talks and the signing after them",
    ),
    pytest.param(
        "[P:张建国]分别会见两国来宾\n5月11日，[P:张建国]在[A:甲市]分别会见甲国总理[P:阿达尔]、乙国总理[P:贝克尔]。",
        [
            "Talks 张建国分别会见两国来宾 | 2024-05-11 | @甲市 | agent=张建国 | counterpart=阿达尔",
            "Talks 张建国会见贝克尔 | 2024-05-11 | @甲市 | agent=张建国 | counterpart=贝克尔",
        ],
        id="two guests received apart are two talks",
    ),
    pytest.param(
        "[P:张建国]致电祝贺\n5月11日，国家主席[P:张建国]致电[P:阿达尔]，祝贺他当选甲国总统。",
        ["Talks 张建国致电祝贺 | 2024-05-11 | agent=张建国 | counterpart=阿达尔"],
        id="a telegram to somebody elected is no appointment",
    ),
    pytest.param(
        "[A:甲区]举行重点项目集中开工仪式\n5月11日，[A:甲区]2024年重点项目集中开工仪式在[A:石桥镇]举行。区委书记[P:张建国]宣布开工，区长[P:李志远]致辞，[P:王秀兰]主持仪式。此次开工项目涵盖工业、交通等领域。其中，[J:青岚科技园]、[J:东明隧道]等8个项目年内建成。",
        [
            "Ceremony 甲区2024年重点项目集中开工仪式 | 2024-05-11 | @石桥镇 | convener=甲区 | attendee=张建国、李志远、王秀兰 | speaker=李志远 | chair=王秀兰"
            " | target=青岚科技园、东明隧道",
        ],
        id="a ceremony and what it began",
    ),
    pytest.param(
        "园区揭牌\n5月11日上午，[J:青岚科技园]正式揭牌。",
        ["Ceremony 青岚科技园揭牌 | 2024-05-11 | target=青岚科技园"],
        id="a project begins without a ceremony's name",
    ),
    pytest.param(
        "博览会闭幕\n第九届甲洲博览会今天（5月12日）在[A:甲市]闭幕。",
        ["Ceremony 第九届甲洲博览会闭幕 | 2024-05-12 | @甲市"],
        id="a fair closes",
    ),
    pytest.param(
        "[A:甲区]印发措施\n5月10日，[O:甲区政府]印发《[D:甲区支持制造业若干措施]》，自6月1日起施行。",
        ["Release 印发《甲区支持制造业若干措施》 | 2024-05-10 | agent=甲区政府 | target=甲区支持制造业若干措施"],
        id="a paper is issued",
    ),
    pytest.param(
        "前四月物流保持增长\n[O:甲国物流协会]今天（5月12日）公布，今年1—4月，社会物流总额同比增长5.4%。",
        ["Release 公布 | 2024-05-12 | agent=甲国物流协会"],
        id="figures are published",
    ),
    pytest.param(
        "三部门联合发文\n[O:甲部]、[O:乙部]等五部门近日联合印发《[D:关于支持中小企业的意见]》。",
        ["Release 联合印发《关于支持中小企业的意见》 | agent=甲部、乙部 | target=关于支持中小企业的意见"],
        id="several bodies issue together, no day",
    ),
    pytest.param(
        "[O:甲区政府新闻办]举行发布会\n5月11日，[O:甲区政府新闻办]举行新闻发布会，解读[O:甲区政府]日前印发的《[D:若干措施]》。区发改局局长[P:张建国]出席发布会，发布会由[P:李志远]主持。[P:张建国]介绍，措施共20条。",
        [
            "Meeting 新闻发布会 | 2024-05-11 | convener=甲区政府新闻办 | attendee=张建国、李志远 | chair=李志远 | speaker=张建国",
            "Release 印发的《若干措施》 | agent=甲区政府 | target=若干措施",
        ],
        id="a press conference about a paper issued before",
    ),
    pytest.param(
        "[O:甲区人大常委会]举行第五次会议\n5月10日，[O:甲区人大常委会]举行第五次会议。[P:张建国]主持会议。会议听取了区审计局局长[P:李志远]作的审计工作报告。会议决定任命[P:王秀兰]为甲区副区长。",
        [
            "Meeting 甲区人大常委会第五次会议 | 2024-05-10 | convener=甲区人大常委会 | chair=张建国 | attendee=张建国、李志远 | speaker=李志远",
            "Appointment 决定任命王秀兰为甲区副区长 | 2024-05-10 | agent=甲区人大常委会 | target=王秀兰",
        ],
        id="a session appoints",
    ),
    pytest.param(
        "座谈会召开\n5月11日，座谈会在[L:东明会堂]召开。受区长[P:张建国]委托，副区长[P:李志远]汇报了工作情况。[P:王秀兰]强调，要抓好整改。",
        ["Meeting 座谈会 | 2024-05-11 | @东明会堂 | speaker=李志远、王秀兰 | attendee=李志远、王秀兰"],
        id="who delegates was not there; who speaks was",
    ),
    pytest.param(
        "[P:张建国]检查防汛\n5月11日，[P:张建国]到[L:东明水库]检查防汛工作。他强调，去年以来各地召开了多次会议，要认真落实。去年8月，[P:李志远]曾到[L:西河水库]调研。",
        ["Inspection 检查防汛 | 2024-05-11 | agent=张建国 | target=东明水库"],
        id="what is said or long past is no event",
    ),
    pytest.param(
        "园区建设提速\n“五月我们到[J:青岚科技园]考察，甲区召开了会议。”居民[P:赵小川]说。《[D:若干措施]》2019年印发。",
        [],
        id="quoted words and old papers are no events",
    ),
    pytest.param(
        "[P:张建国]主持召开区政府常务会议\n区长[P:张建国]5月11日主持召开区政府常务会议，研究安全生产工作。会议指出，要压实责任。",
        ["Meeting 区政府常务会议 | 2024-05-11 | chair=张建国 | attendee=张建国"],
        id="headline and lead tell one meeting",
    ),
    pytest.param(
        "[P:张建国]来甲区考察并召开座谈会\n5月8日，市委书记[P:张建国]来[A:甲区]考察。9日上午，考察工作座谈会召开。会议由[P:李志远]主持，[P:王秀兰]作汇报。",
        [
            "Inspection 考察 | 2024-05-08 | @甲区 | agent=张建国",
            "Meeting 考察工作座谈会 | 2024-05-09 | attendee=张建国、李志远、王秀兰 | chair=李志远 | speaker=王秀兰",
        ],
        id="an inspection, then a meeting on another day",
    ),
    pytest.param(
        "签约\n5月10日下午，甲区与乙校战略合作签约仪式举行。区长[P:李志远]主持仪式，并与乙校院长[P:王秀兰]代表双方签约。"
        "仪式前，[P:张建国]会见了乙校校长[P:赵小川]一行，并陪同考察了[J:青岚科技园]。",
        [
            "Ceremony 甲区与乙校战略合作签约仪式 | 2024-05-10 | chair=李志远 | attendee=李志远、王秀兰 | agent=李志远、王秀兰",
            "Talks 张建国会见赵小川 | 2024-05-10 | agent=张建国 | counterpart=赵小川",
            "Inspection 考察了青岚科技园 | 2024-05-10 | agent=赵小川 | target=青岚科技园 | companion=张建国",
        ],
        id="a guest is received and shown around",
    ),
    pytest.param(
        "座谈会\n5月11日，[O:甲区商会]在[O:甲区政府]三楼会议室召开营商环境座谈会。",
        ["Meeting 营商环境座谈会 | 2024-05-11 | @甲区政府三楼会议室 | convener=甲区商会"],
        id="a room of a body is the place",
    ),
    pytest.param(
        "签约仪式举行\n5月10日，[P:张建国]会见[P:卡尔·伯格曼]。会见结束后，双方举行项目签约仪式。[P:李志远]、[P:王秀兰]分别代表双方签署《[D:园区投资协议]》。",
        [
            "Talks 张建国会见卡尔·伯格曼 | 2024-05-10 | agent=张建国 | counterpart=卡尔·伯格曼",
            "Ceremony 项目签约仪式 | 2024-05-10 | target=园区投资协议 | attendee=李志远、王秀兰 | agent=李志远、王秀兰",
        ],
        id="what follows an event shares its day",
    ),
    pytest.param(
        "会前观摩\n5月11日,[A:甲区]召开一季度重点项目观摩点评会。会前,与会人员对[J:青岚科技园]、[J:东明隧道]等13个项目进行了现场观摩,随后召开点评会。",
        [
            "Meeting 甲区一季度重点项目观摩点评会 | 2024-05-11 | convener=甲区",
            "Inspection 观摩 | 2024-05-11 | target=青岚科技园、东明隧道",
        ],
        id="those present look at projects before the meeting",
    ),
    pytest.param(
        "论坛开幕\n第五届甲洲文明论坛11日在[A:甲市]开幕。[P:张建国]出席开幕式并发表演讲。",
        ["Meeting 第五届甲洲文明论坛 | 2024-05-11 | @甲市 | attendee=张建国 | speaker=张建国"],
        id="a forum opens",
    ),
    pytest.param(
        "[P:张建国]出席大会\n[P:张建国]10日出席全区表彰大会并讲话。[P:李志远]宣读表彰决定。先进代表[P:王秀兰]发言。区直各单位负责人参加会议。",
        ["Meeting 全区表彰大会 | 2024-05-10 | attendee=张建国、李志远、王秀兰 | speaker=张建国、李志远、王秀兰"],
        id="somebody attends, others speak",
    ),
    pytest.param(
        "[P:张建国]抵达\n[P:张建国]5月11日抵达[A:甲市]，出席甲洲领导人会议并对甲国进行正式访问。",
        [],
        id="an arrival is no event, what is to come neither",
    ),
    pytest.param(
        "[P:张建国]在[A:甲区]考察时强调 保护生态\n[P:张建国]近日在[A:甲区]考察时强调，要保护生态。",
        ["Inspection 考察 | @甲区 | agent=张建国"],
        id="an inspection told by what was stressed there",
    ),
    pytest.param(
        "殷切的期望——[P:张建国]考察时的重要讲话引发热烈反响\n[P:张建国]近日在[A:甲区]考察时强调，要保护生态。",
        [],
        id="an echo of what happened before",
    ),
    pytest.param(
        "[A:臺山區]舉行懇親座談會\n五月十一日，[A:臺山區]懇親座談會在[L:僑鄉會堂]舉行。區委書記[P:張建國]，以及鄉賢八十餘人出席。會議由[P:李志遠]主持。",
        ["Meeting 臺山區懇親座談會 | 2024-05-11 | @僑鄉會堂 | convener=臺山區 | attendee=張建國、李志遠 | chair=李志遠"],
        id="traditional characters",
    ),
    pytest.param(
        "学习贯彻精神\n[O:甲区委理论学习中心组]5月9日举行集体学习。[P:张建国]主持学习并讲话。[P:李志远]，[P:王秀兰]，[P:赵小川]结合工作作了交流发言。",
        [
            "Meeting 集体学习 | 2024-05-09 | convener=甲区委理论学习中心组 | chair=张建国"
            " | attendee=张建国、李志远、王秀兰、赵小川 | speaker=张建国、李志远、王秀兰、赵小川",
        ],
        id="a study session and those who spoke",
    ),
    pytest.param(
        "[P:李志远]率团赴[A:丙省]招商\n5月7日至9日，区长[P:李志远]率经贸代表团前往[A:丙省]、[A:丁市]，开展招商推介活动。区委常委[P:王秀兰]参加活动。"
        "8日，[P:李志远]在[A:丁市]会见了[O:蓝海公司]总裁[P:周一帆]。在[A:丁市]，代表团一行参观了[J:青岚科技园]。丁市副市长[P:钱守正]陪同参观。",
        [
            "Inspection 开展招商推介活动 | 2024-05-07/2024-05-09 | @丙省 丁市 | agent=李志远 | companion=王秀兰、钱守正 | target=青岚科技园",
            "Talks 李志远会见周一帆 | 2024-05-08 | @丁市 | agent=李志远 | counterpart=周一帆",
        ],
        id="a journey on business, whom it met and what it saw",
    ),
    pytest.param(
        "[P:李志远]拜访[O:丁市商会]\n5月8日下午，[P:李志远]前往[A:西河区]，拜访[O:丁市商会]，与会长[P:周一帆]、秘书长[P:钱守正]座谈。",
        ["Talks 李志远拜访丁市商会 | 2024-05-08 | @西河区 | agent=李志远 | counterpart=丁市商会、周一帆、钱守正"],
        id="a call on a body and the talk there are one",
    ),
    pytest.param(
        "推介会举行\n5月9日，[A:甲区]旅游推介会在[L:东明饭店]举行。[P:李志远]作主题推介。推介会上，[J:青岚小镇]、[J:东明古街]等四个项目签约。[P:王秀兰]、[P:周一帆]见证签约。",
        [
            "Meeting 甲区旅游推介会 | 2024-05-09 | @东明饭店 | speaker=李志远 | attendee=李志远、王秀兰、周一帆",
            "Ceremony 签约 | 2024-05-09 | target=青岚小镇、东明古街 | attendee=王秀兰、周一帆",
        ],
        id="projects are signed at a meeting",
    ),
    pytest.param(
        "[O:蓝海公司]召开代表大会\n5月9日，[O:蓝海公司]召开三届一次职工代表大会。[P:李志远]主持会议。会议通过了《[D:蓝海公司工资专项协议]》。[P:李志远]与[P:王秀兰]分别代表两方签订工资专项协议。",
        [
            "Meeting 蓝海公司三届一次职工代表大会 | 2024-05-09 | convener=蓝海公司 | chair=李志远 | attendee=李志远、王秀兰",
            "Ceremony 签订工资专项协议 | 2024-05-09 | target=蓝海公司工资专项协议 | agent=李志远、王秀兰",
        ],
        id="a meeting ends with a signature under a paper named before",
    ),
    pytest.param(
        "开班\n5月10日，[O:甲区委党校]2024年秋季学期开学典礼暨青年干部培训班开班式在[L:东明会堂]举行。[P:张建国]出席并讲话，[P:李志远]主持开班式。"
        "学员代表、柳林乡乡长[P:王秀兰]发言。[P:赵小川]等参加开班式。",
        [
            "Ceremony 甲区委党校2024年秋季学期开学典礼暨青年干部培训班开班式 | 2024-05-10 | @东明会堂"
            " | attendee=张建国、李志远、王秀兰、赵小川 | speaker=张建国、王秀兰 | chair=李志远",
        ],
        id="a term begins with a ceremony",
    ),
    pytest.param(
        "[O:甲区法院]就执行案举行公开听证\n5月10日，[O:甲区法院]就一起执行异议案举行公开听证会，邀请人大代表[P:赵小川]、律师[P:钱守正]担任听证员。"
        "副院长[P:王秀兰]主持听证会。甲区环卫所所长[P:周一帆]承认管理存在疏漏，表示将限期整改。",
        ["Meeting 公开听证会 | 2024-05-10 | convener=甲区法院 | attendee=赵小川、钱守正、王秀兰、周一帆 | chair=王秀兰 | speaker=周一帆"],
        id="who is invited attends, who owns up speaks",
    ),
    pytest.param(
        "[P:张建国]看望环卫工人\n5月1日，区委书记[P:张建国]到[L:西河路]走访慰问环卫工人。副区长[P:李志远]、[P:王秀兰]一同慰问。",
        ["Inspection 看望环卫工人 | 2024-05-01 | agent=张建国 | target=西河路 | companion=李志远、王秀兰"],
        id="who visits along is a companion",
    ),
    pytest.param(
        "[P:张建国]会见客商\n5月9日，[P:张建国]会见[P:卡尔·伯格曼]。副区长[P:李志远]，区商务局局长[P:王秀兰]会见时在座。"
        "10日上午，[J:青岚科技园]二期签约仪式举行。[P:李志远]致辞，并与[P:卡尔·伯格曼]一道为实验室揭牌。仪式结束后，[P:卡尔·伯格曼]参观了[L:东明码头]。",
        [
            "Talks 张建国会见客商 | 2024-05-09 | agent=张建国 | counterpart=卡尔·伯格曼 | companion=李志远、王秀兰",
            "Ceremony 青岚科技园二期签约仪式 | 2024-05-10 | target=青岚科技园 | speaker=李志远 | attendee=李志远、卡尔·伯格曼 | agent=李志远、卡尔·伯格曼",
            "Inspection 参观了东明码头 | 2024-05-10 | agent=卡尔·伯格曼 | target=东明码头",
        ],
        id="who sat by, and the day of what was told last",
    ),
    pytest.param(
        "协商会\n5月10日，[O:甲区政协]召开专题协商会。[P:张建国]主持会议，副区长[P:李志远]到会听取意见建议，区政协副主席[P:王秀兰]、[P:赵小川]出席会议。",
        ["Meeting 专题协商会 | 2024-05-10 | convener=甲区政协 | chair=张建国 | attendee=张建国、王秀兰、赵小川"],
        id="advice that is heard is no speech",
    ),
    pytest.param(
        "庭审之后\n5月10日是普法日，[O:甲区法院]请来师生。随后召开的恳谈会上，院长[P:张建国]通报了情况。学生家长[P:李志远]建议，多讲案例。",
        ["Meeting 恳谈会 | 2024-05-10 | speaker=张建国、李志远 | attendee=张建国、李志远"],
        id="a meeting whose day was told before",
    ),
    pytest.param(
        "纪委全会\n5月9日，[O:甲区纪委]第三次全体会议召开。[P:张建国]出席会议，[P:李志远]主持第一次大会。[P:王秀兰]、[P:赵小川]出席会议。",
        ["Meeting 甲区纪委第三次全体会议 | 2024-05-09 | convener=甲区纪委 | attendee=张建国、李志远、王秀兰、赵小川 | chair=李志远"],
        id="the first sitting of a session is the session",
    ),
    pytest.param(
        "[P:张建国]出席论坛开幕式\n5月10日，[P:张建国]以视频方式出席在[A:丁市]举行的第二届甲洲湿地论坛开幕式并致辞。",
        ["Ceremony 第二届甲洲湿地论坛开幕式 | 2024-05-10 | @丁市 | attendee=张建国 | speaker=张建国"],
        id="the opening of a forum far away",
    ),
    pytest.param(
        "[P:张建国]同甲国总统会谈\n5月10日，国家主席[P:张建国]同甲国总统[P:阿达尔]举行会谈。会谈后，双方发表《[D:两国关于深化合作的联合声明]》。",
        [
            "Talks 张建国同甲国总统会谈 | 2024-05-10 | agent=张建国 | counterpart=阿达尔",
            "Release 发表《两国关于深化合作的联合声明》 | 2024-05-10 | target=两国关于深化合作的联合声明",
        ],
        id="both sides issue a statement",
    ),
    pytest.param(
        "政策支持农机\n近日，[O:甲部]印发了《[D:农机更新办法]》。\n[O:乙部]印发《[D:关于农机保险的通知]》，提出六条举措。\n[O:丙部]还曾印发《[D:农机目录]》。",
        ["Release 印发了《农机更新办法》 | agent=甲部 | target=农机更新办法", "Release 印发《关于农机保险的通知》 | agent=乙部 | target=关于农机保险的通知"],
        id="a second paper follows the first",
    ),
    pytest.param(
        "年货节\n各地年味渐浓。丁市“江鲜·品鱼季”在[A:西河县]启幕。",
        ["Ceremony 丁市“江鲜·品鱼季”启幕 | @西河县"],
        id="a season opens somewhere",
    ),
    pytest.param(
        "[P:李志远]在[A:丁市]调研\n5月8日，[P:李志远]在[A:丁市]调研。在[A:丁市临港经济开发区]，[P:李志远]察看厂房建设。",
        ["Inspection 察看厂房建设 | 2024-05-08 | @丁市 | agent=李志远 | target=丁市临港经济开发区"],
        id="a zone is visited",
    ),
    pytest.param(
        "奠基仪式举行\n5月8日，[J:东明隧道]奠基仪式举行。区委书记[P:张建国]宣布项目开工。[P:李志远]就设计方案进行讲解。",
        ["Ceremony 东明隧道奠基仪式 | 2024-05-08 | target=东明隧道 | attendee=张建国、李志远 | speaker=李志远"],
        id="who declares it begun was there, who explains it spoke",
    ),
    pytest.param(
        "[A:甲区]召开形势分析会\n5月9日，[A:甲区]召开二季度经济形势分析会。[P:张建国]主持。会议期间，与会人员集中观摩了[J:青岚科技园]。[P:李志远]、[P:王秀兰]先后发言。",
        [
            "Meeting 甲区二季度经济形势分析会 | 2024-05-09 | convener=甲区 | chair=张建国 | attendee=张建国、李志远、王秀兰 | speaker=李志远、王秀兰",
            "Inspection 观摩了青岚科技园 | 2024-05-09 | target=青岚科技园",
        ],
        id="a meeting by a name nobody listed goes on after a visit",
    ),
    pytest.param(
        "[P:张建国]来到[A:石桥镇]\n5月9日，区委书记[P:张建国]来到[A:石桥镇]，主持召开春耕座谈会。",
        ["Meeting 春耕座谈会 | 2024-05-09 | @石桥镇 | chair=张建国 | attendee=张建国"],
        id="a meeting where its chair has gone",
    ),
    pytest.param(
        "启动仪式暨龙舟赛举行\n"
        "5月9日，由[O:甲区文旅局]、[O:甲区文联]主办的端午文化活动启动仪式暨第八届龙舟赛在[L:白沙湖]举行。[P:李志远]致辞，[P:王秀兰]主持启动仪式。",
        [
            "Ceremony 端午文化活动启动仪式暨第八届龙舟赛 | 2024-05-09"
            " | @白沙湖 | convener=甲区文旅局、甲区文联 | speaker=李志远 | attendee=李志远、王秀兰 | chair=王秀兰",
        ],
        id="hosts before the name, a race after the ceremony",
    ),
    pytest.param(
        "大桥通车\n5月9日上午，随着最后一道护栏装好，[L:东明大桥]通车。[P:李志远]主持通车仪式。[O:甲区融媒体中心]正式揭牌成立。",
        ["Ceremony 通车仪式 | 2024-05-09 | chair=李志远 | attendee=李志远"],
        id="the day of the paragraph is the day of the ceremony it tells of",
    ),
    pytest.param(
        "[O:甲区融媒体中心]揭牌\n5月9日，[O:甲区融媒体中心]正式揭牌成立。[P:李志远]、[P:王秀兰]共同为中心揭牌。",
        ["Ceremony 甲区融媒体中心揭牌 | 2024-05-09 | target=甲区融媒体中心 | agent=李志远、王秀兰 | attendee=李志远、王秀兰"],
        id="a body is opened",
    ),
    pytest.param(
        "干部大会\n5月9日，[A:甲区]召开干部大会，[O:丙市委]决定：[P:张建国]同志任甲区委书记，[P:李志远]同志不再担任甲区委书记职务。",
        ["Meeting 甲区干部大会 | 2024-05-09 | convener=甲区", "Appointment 任甲区委书记 | 2024-05-09 | agent=丙市委 | target=张建国、李志远"],
        id="who takes office and who leaves it",
    ),
    pytest.param(
        "人代会\n5月9日，[A:甲区]第五届人民代表大会第一次会议选举[P:张建国]为区长，[P:李志远]、[P:王秀兰]为副区长。",
        ["Appointment 选举张建国为区长，李志远、王秀兰为副区长 | 2024-05-09 | target=张建国、李志远、王秀兰"],
        id="several are elected in one sentence",
    ),
    pytest.param(
        "办法印发\n近日，《[D:甲区农机办法]》正式印发。5月9日，《[D:甲区蓝皮书]》在[A:甲市]发布。",
        ["Release 印发 | target=甲区农机办法", "Release 发布 | 2024-05-09 | target=甲区蓝皮书"],
        id="papers appear and nobody says who issued them",
    ),
    pytest.param(
        "春耕\n5月9日，[P:张建国]轻车简从，深入[A:石桥镇]田间地头，检查春耕生产。检查组采取实地查看、座谈交流等方式听取意见。",
        ["Inspection 检查春耕生产 | 2024-05-09 | @石桥镇 | agent=张建国"],
        id="the first clause names who acts in the third",
    ),
    pytest.param(
        "培训\n5月9日，[A:甲区]举办干部培训班。[P:张建国]出席开班式并讲话。",
        ["Ceremony 开班式 | 2024-05-09 | attendee=张建国 | speaker=张建国"],
        id="a ceremony is told by who attended it",
    ),
    pytest.param(
        "[P:李志远]赴丙市\n5月8日至9日，[P:李志远]赴[A:丙市]考察。考察期间，代表团一行察看了[J:青岚科技园]。联席会议上，双方签署《[D:协作协议]》。",
        [
            "Inspection 察看了青岚科技园 | 2024-05-08/2024-05-09 | @丙市 | agent=李志远 | target=青岚科技园",
            "Ceremony 签署《协作协议》 | 2024-05-08/2024-05-09 | target=协作协议",
        ],
        id="what is seen during a journey belongs to it",
    ),
    pytest.param(
        "党课\n5月9日，区委书记[P:张建国]来到[A:石桥镇]，为党员干部讲授专题党课。",
        ["Meeting 专题党课 | 2024-05-09 | @石桥镇 | speaker=张建国 | attendee=张建国"],
        id="a lesson is a meeting",
    ),
    pytest.param(
        "仪式\n5月9日，首都各界举行隆重的仪式。纪念仪式由[P:张建国]主持。",
        ["Ceremony 隆重的仪式 | 2024-05-09 | chair=张建国 | attendee=张建国"],
        id="a ceremony without a name gets one later",
    ),
    pytest.param(
        "检查\n5月9日，[O:甲局]部署节前安全检查。[P:张建国]就贯彻会议精神提出要求。",
        [],
        id="a check that is ordered is none yet",
    ),
    pytest.param(
        "政协会议开幕\n5月9日，[O:甲区政协]三届二次会议开幕。[P:张建国]、[P:李志远]等在主席台就座。[P:王秀兰]致开幕词。",
        ["Meeting 甲区政协三届二次会议 | 2024-05-09 | convener=甲区政协 | attendee=张建国、李志远、王秀兰 | speaker=王秀兰"],
        id="who sits on the platform attends",
    ),
    pytest.param(
        "[P:张建国]向甲洲媒体论坛致贺信\n5月9日，国家主席[P:张建国]向在[A:甲市]举办的甲洲媒体论坛致贺信。",
        ["Meeting 甲洲媒体论坛 | 2024-05-09 | @甲市"],
        id="who congratulates a forum was not there",
    ),
    pytest.param(
        "[A:甲县]来客\n5月9日，[P:张建国]会见[P:卡尔·伯格曼]一行。\n10日上午，客人一行在[P:李志远]的陪同下，前往[J:青岚产业园]、[L:东明码头]参观。",
        [
            "Talks 张建国会见卡尔·伯格曼 | 2024-05-09 | agent=张建国 | counterpart=卡尔·伯格曼",
            "Inspection 参观 | 2024-05-10 | agent=卡尔·伯格曼 | target=青岚产业园、东明码头 | companion=李志远",
        ],
        id="guests are shown around the day after",
    ),
    pytest.param(
        "书屋开门\n5月9日，“[L:东明书屋]”正式开门。馆长[P:李志远]、宣传委员[P:王秀兰]为书屋揭牌。",
        ["Ceremony 东明书屋揭牌 | 2024-05-09 | target=东明书屋 | agent=李志远、王秀兰 | attendee=李志远、王秀兰"],
        id="who unveils tells the ceremony",
    ),
    pytest.param(
        "[P:张建国]督办提案\n5月9日，[P:张建国]督办“关于加强[L:石桥古寨]保护的建议”重点提案。[P:张建国]先后深入[A:石桥镇]飞云寨、[A:柳林镇]青龙寨，实地察看民宿改造情况。\n"
        "座谈会上，[P:李志远]介绍了提案背景；[P:王秀兰]作了答复。",
        [
            "Inspection 督办提案 | 2024-05-09 | @石桥镇 柳林镇 | agent=张建国 | target=石桥镇飞云寨、柳林镇青龙寨",
            "Meeting 座谈会 | 2024-05-09 | speaker=李志远、王秀兰 | attendee=李志远、王秀兰",
        ],
        id="a proposal is supervised on the spot, and the sitting that follows is a meeting",
    ),
    pytest.param(
        "研讨会开幕\n5月9日，候鸟保护研讨会在[L:东明会堂]开幕。[P:张建国]致辞。\n[P:李志远]表示，要认真落实。研讨会发布了《[D:石桥倡议]》，号召共享数据。\n会场外，护鸟员[P:赵小川]说：“来了。”",
        [
            "Meeting 候鸟保护研讨会 | 2024-05-09 | @东明会堂 | speaker=张建国、李志远 | attendee=张建国、李志远",
            "Release 发布了《石桥倡议》 | 2024-05-09 | target=石桥倡议",
        ],
        id="a meeting issues an appeal, and who speaks outside does not speak at it",
    ),
    pytest.param(
        "论坛闭幕\n5月9日，第五届东明论坛在[L:东明会堂]闭幕。论坛通过了共识，发布了“石桥倡议书”。",
        ["Meeting 第五届东明论坛 | 2024-05-09 | @东明会堂", "Release 发布了“石桥倡议书” | 2024-05-09 | target=石桥倡议书"],
        id="an appeal without the marks of a title",
    ),
    pytest.param(
        "[P:张建国]出席会议\n[P:张建国]和[P:李志远]9日在[A:甲市]出席高级联合委员会第三次会议全体会议暨闭幕式并致辞。",
        ["Meeting 高级联合委员会第三次会议全体会议暨闭幕式 | 2024-05-09 | @甲市 | attendee=张建国、李志远 | speaker=张建国、李志远"],
        id="a session and its closing are one meeting",
    ),
    pytest.param(
        "大会闭幕\n5月9日，[A:甲市]第二届人民代表大会第一次会议在市会堂胜利闭幕。[P:李志远]主持闭幕大会。[P:张建国]在闭幕会上讲话。",
        [
            "Meeting 甲市第二届人民代表大会第一次会议 | 2024-05-09 | @市会堂 | chair=李志远 | attendee=李志远、张建国 | speaker=张建国",
        ],
        id="the closing session is the congress, in a hall that nobody named",
    ),
    pytest.param(
        "[A:甲县]欢送新兵\n5月9日清晨，锣鼓声响彻[L:东明广场]，新兵欢送仪式在这里举行。[P:张建国]致欢送词，[P:李志远]宣读入伍命令，[P:王秀兰]代表接兵部队作表态。",
        [
            "Ceremony 新兵欢送仪式 | 2024-05-09 | @东明广场 | speaker=张建国、李志远、王秀兰 | attendee=张建国、李志远、王秀兰",
        ],
        id="a ceremony held here",
    ),
    pytest.param(
        "清明祭英烈\n5月9日，[L:东明烈士陵园]举行祭英烈仪式。",
        ["Ceremony 祭英烈仪式 | 2024-05-09 | @东明烈士陵园"],
        id="a place that holds a ceremony is where it is held",
    ),
    pytest.param(
        "[A:甲旗]那达慕开幕\n5月9日，[A:甲旗]第三届草原那达慕在[L:敖包文化园]开幕。[P:张建国]致欢迎辞，[P:李志远]主持开幕式。",
        ["Ceremony 甲旗第三届草原那达慕开幕 | 2024-05-09 | @敖包文化园 | speaker=张建国 | attendee=张建国、李志远 | chair=李志远"],
        id="what is numbered opens like a fair",
    ),
    pytest.param(
        "会谈\n5月9日，国家主席[P:张建国]同甲国总统[P:卡尔·伯格曼]会谈。会谈后，两国元首签署了《[D:联合声明]》。",
        [
            "Talks 张建国同卡尔·伯格曼会谈 | 2024-05-09 | agent=张建国 | counterpart=卡尔·伯格曼",
            "Ceremony 签署了《联合声明》 | 2024-05-09 | target=联合声明 | agent=张建国、卡尔·伯格曼",
        ],
        id="the heads of state are the two who talked",
    ),
    pytest.param(
        "[A:甲县]召开听证会\n5月9日，[O:甲县发改局]召开水价调整听证会。[P:张建国]主持听证会。",
        ["Meeting 水价调整听证会 | 2024-05-09 | convener=甲县发改局 | chair=张建国 | attendee=张建国"],
        id="the body told holds it, not the area of the headline",
    ),
    pytest.param(
        "消防演练举行\n5月9日，[A:甲县]在[L:金辉大厦]举行消防应急演练。[P:张建国]宣布演练开始，[P:李志远]担任现场总指挥，[P:王秀兰]观摩演练。演练由电视台方晴主持。",
        ["Ceremony 甲县消防应急演练 | 2024-05-09 | @金辉大厦 | convener=甲县 | attendee=张建国、王秀兰"],
        id="a drill is no appointment, and nobody told before leads it",
    ),
    pytest.param(
        "车站开通\n5月9日，[L:石桥高铁站]正式开通运营。[P:张建国]宣布开通，[P:李志远]致辞，[P:王秀兰]等出席开通仪式。",
        ["Ceremony 开通仪式 | 2024-05-09 | attendee=王秀兰、李志远 | speaker=李志远"],
        id="who spoke is told before the ceremony",
    ),
    pytest.param(
        "定期会晤\n5月9日，总理[P:张建国]在京同甲国总理[P:卡尔·伯格曼]以视频方式共同主持两国总理第三次定期会晤。",
        ["Talks 张建国同卡尔·伯格曼会晤 | 2024-05-09 | @北京 | agent=张建国 | counterpart=卡尔·伯格曼"],
        id="共同 does not part the two sides",
    ),
    pytest.param(
        "招商大会举行\n5月9日，甲市全球招商大会举行，共洽谈签约项目超380个。签约、参展企业再创新高。",
        ["Meeting 甲市全球招商大会 | 2024-05-09"],
        id="how much was signed is no ceremony",
    ),
    pytest.param(
        "讣告\n离休干部[P:徐德胜]同志因病医治无效，于5月9日在[O:甲县人民医院]逝世。遗体告别仪式定于5月20日在[L:殡仪馆]举行。",
        [],
        id="an obituary tells no event",
    ),
]


@pytest.mark.parametrize(("story", "expected"), STORIES)
def test_a_story_tells_these_events(story: str, expected: list[str]) -> None:
    assert told(story) == expected


def test_what_is_announced_is_planned() -> None:
    (event,) = events(scene_of("论坛将举行\n第五届甲洲文明论坛将于6月1日在[A:甲市]举行。", "2024-05-12"))
    assert (event.status, event.when[0].start, event.places[0].name) == ("planned", "2024-06-01", "甲市")


def test_without_a_year_the_day_stays_open() -> None:
    assert told("[A:甲区]召开推进会\n5月11日,[A:甲区]召开招商工作推进会。", None) == ["Meeting 甲区招商工作推进会 | --05-11 | convener=甲区"]


def test_participants_without_a_name_are_kept_as_text() -> None:
    (event,) = events(scene_of("推进会\n5月11日,[A:甲区]召开招商工作推进会。全区县处级领导干部,区法院院长参加会议。", None))
    assert event.groups == ("全区县处级领导干部,区法院院长".replace(",", "，"),)


def test_names_begin_with_the_fullest() -> None:
    (event,) = events(scene_of("[A:甲区]召开推进会\n5月11日,[A:甲区]召开招商工作推进会。会议指出，要抓落实。", None))
    assert event.names == ("甲区招商工作推进会", "招商工作推进会", "推进会", "会议")


def test_an_anchor_is_words_of_the_story_and_no_two_events_share_one() -> None:
    for case in STORIES:
        scene = scene_of(str(case.values[0]), "2024-05-12")
        found = list(events(scene))
        assert all(event.anchor.span.of(scene.text) == event.anchor.text for event in found)
        assert len({event.anchor.span for event in found}) == len(found)
        assert all(evidence.span.end <= len(scene.text) for event in found for evidence in event.evidence)


def test_an_empty_story_tells_nothing() -> None:
    assert told("只有标题\n") == []


def test_roundups_do_not_mix_their_stories() -> None:
    story = (
        "国内快讯\n[P:张建国]会见外宾\n[P:张建国]10日会见甲国总理[P:阿达尔]。\n论坛举行\n"
        "11日，第三届甲洲论坛在[A:甲市]举行。\n另一座城市迎来花季\n[P:王秀兰]表示，要保护环境。"
    )
    assert told(story) == [
        "Talks 张建国会见外宾 | 2024-05-10 | agent=张建国 | counterpart=阿达尔",
        "Meeting 第三届甲洲论坛 | 2024-05-11 | @甲市",
    ]


def test_a_festival_begins_where_its_hosts_open_it() -> None:
    story = "邻里节开场\n5月10日，由[O:甲街道]主办的甲社区第三届邻里节在书院前的小广场开场。"
    story += "[P:李伟]出席活动并致辞。[P:李伟]走访了[O:甲食堂]，叮嘱工作人员注意卫生。"
    ceremony, visit = told(story)
    assert ceremony.startswith("Ceremony 甲社区第三届邻里节开场 | 2024-05-10 | @书院前的小广场 | convener=甲街道")
    assert visit == "Inspection 走访了甲食堂 | 2024-05-10 | agent=李伟 | target=甲食堂"


def test_a_visit_of_the_headline_is_told_by_where_one_goes() -> None:
    story = "[P:李伟]走访慰问教师\n5月10日，县长[P:李伟]先后来到[O:甲学校]、[O:乙学校]，代表县政府致以节日的问候。"
    assert told(story) == ["Inspection 走访慰问教师 | 2024-05-10 | agent=李伟 | target=甲学校、乙学校"]


def test_a_delegation_that_deliberates_sits() -> None:
    story = "[P:李伟]参加甲省代表团审议\n[P:李伟]5日下午来到[O:甲省代表团]，同代表们一起审议工作报告。"
    (event,) = told(story)
    assert event.startswith("Meeting 审议工作报告 | 2024-05-05") and "attendee=李伟" in event


def test_who_lays_flowers_in_the_name_of_a_body_attends() -> None:
    story = "纪念仪式举行\n5月10日，各界人士会聚[A:甲市]纪念堂，举行庄严的仪式。主席[P:李伟]代表[O:甲局]，副市长[P:王芳]代表[O:乙局]，向烈士像敬献了花篮。"
    (event,) = told(story)
    assert "@甲市纪念堂" in event and "attendee=李伟、王芳" in event


def test_the_visit_goes_on_after_a_sitting_in_between() -> None:
    story = "[P:李伟]在甲省调研\n副市长[P:李伟]10日到[A:甲省]调研。[P:李伟]来到[O:甲学校]，并召开座谈会，听取意见。\n"
    story += "在[O:甲公司]，[P:李伟]与职工深入交流。"
    assert any("target=甲学校、甲公司" in event for event in told(story))


def test_a_paper_is_issued_by_the_bodies_named_after_by() -> None:
    story = "新政出台\n《[D:甲办法]》由[O:甲局]、[O:乙局]于5月10日联合印发，共六条。"
    assert told(story) == ["Release 联合印发 | 2024-05-10 | agent=甲局、乙局 | target=甲办法"]


def test_who_tells_the_reporter_does_not_speak_at_the_meeting() -> None:
    story = "甲会议召开\n5月10日，甲会议召开，[P:李伟]主持。[P:王芳]告诉记者，要努力。"
    (event,) = told(story)
    assert "王芳" not in event
