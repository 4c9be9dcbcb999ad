"""The verbs that tell of events: the lexicon comes in, one pattern with a group for each class of verb goes out."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.gatherings import heads
from kg.extract.tellings import BODY, DOCUMENT, PERSON, SITE
from kg.lexicon import either, surfaces

_ROLES = ("chair", "speaker", "tell", "work", "attendee", "present", "companion", "lead")
_RELATIONS = ("trip", "hold", "opened", "inspect", "go", "meet", "talk", "letter", "sign", "launch", "issue", "appoint", "elect", "elected", "dismiss")


@cache
def _first() -> str:
    """Return the characters that a verb may begin with: looking at them first is ten times as fast."""
    words = [word for relation in _RELATIONS if relation != "trip" for word in surfaces("events", relation)]
    words += [word for relation in _ROLES if relation != "work" for word in surfaces("events-roles", relation)]
    return "".join(sorted({word[0] for word in words} | set("到来赴去先作宣一共参开进为任讲上担不兼接")))


@cache
def triggers() -> re.Pattern[str]:
    """Return the pattern of the verbs that tell of events; the name of the group is the class of the verb."""
    verb = {relation: either(surfaces("events", relation)) for relation in _RELATIONS}
    role = {relation: either(surfaces("events-roles", relation)) for relation in _ROLES}
    gatherings = heads()
    begins = either([*surfaces("events", "launch"), *surfaces("events", "opened")])
    return re.compile(
        f"(?=[{_first()}])(?:"
        + "|".join(
            (
                rf"(?P<chair>{role['chair']})(?!人|权|词|工作的)",
                rf"(?P<talk>(?:{verb['talk']}))(?!时|成果|纪要|厅|会)",
                rf"(?P<trip>(?:开展|进行)(?:了)?(?:为期[^，。]{{1,6}}的)?(?:{verb['trip']})(?:活动|工作)?)(?![中的])",
                rf"(?P<work>(?:作(?![出用为风业物者品战曲家协])(?:了|的)?[^，。作]{{0,40}}?|进行(?:了)?)(?:{role['work']}|{DOCUMENT}))",
                r"(?P<teach>(?:讲授|讲|上|宣讲)了?(?=[^，。；]{0,12}(?:党课|思政课|公开课|法治课|第一课)))",
                rf"(?P<hold>{verb['hold']})",
                rf"(?P<opened>{verb['opened']})(?!式|会(?!议)|词|辞|还有|前|以来|在即|之际|倒计时|日)",
                rf"(?P<companion>{role['companion']}|(?:一同|一起|一道|共同|参加|参与)(?:{verb['inspect']})(?!团|组))(?!下|人员|谈会)",
                rf"(?P<deliberate>(?:参加|参与)了?[^，。；{BODY}]{{0,8}}{BODY}的?(?:分组|联组|小组)?(?:审议|讨论)|(?:一起|一道|共同)(?:审议|讨论)(?!通过|并通过))",
                rf"(?P<present>{role['present']}|为[^，。；]{{1,20}}?(?:揭牌|揭幕|剪彩|奠基(?:培土)?|培土(?:奠基)?|授牌|授旗|颁奖|颁发[^，。；]{{1,12}})(?=$|[，。；、并])|宣布[^，。；]{{0,10}}?(?:{begins}|开始))",
                rf"(?P<attendee>{role['attendee']})(?!人数|人员)",
                rf"(?P<lead>{role['lead']})(?!先|[^，。]{{0,30}}下)",
                rf"(?P<meet>{verb['meet']})(?!时在座|厅|记者|了记者|结束|后)",
                rf"(?P<inspect>{verb['inspect']})(?![组团队员者院站电金品信官]|结束|报告|成果|人员|时的|课题|中(?![央国心小山])[^，。]|[^，。]{{0,8}}情况的?汇报|[^，。、了在并和与及对\s]{{0,12}}(?:{gatherings}))",
                rf"(?P<go>{verb['go']}|(?<![得达直受遇看做找拿感想提回收等谈听见直])(?:先后)?[到来赴去](?=(?:了)?{SITE}))",
                rf"(?P<letter>{verb['letter']})",
                rf"(?P<sign>{verb['sign']})(?!国|方|率|、|项目[^，。]{{0,6}}\d|[总金]?额|总|项目总|主席令|日期|的|仪式|活动|大会|企业|会|前|后|时|期间|以来)",
                rf"(?P<dismiss>{verb['dismiss']}|接受(?=[^，。]{{0,10}}{PERSON}[^，。{PERSON}]{{0,4}}辞去))",
                rf"(?P<office>(?:(?<={PERSON})|(?<={PERSON}同志))(?:任|担任|不再担任|不再兼任|兼任)(?!期|务|职|命|教|(?:现场|活动|演练)?(?:总指挥|主持人|评委|裁判|嘉宾|主讲|领队)))",
                rf"(?P<elected>{verb['elected']})(?!的|人)",
                rf"(?P<appoint>{verb['appoint']}|{verb['elect']})(?!书|的)",
                rf"(?P<issue>{verb['issue']})(?!会|厅|仪式|者)(?:(?<!发表)|(?=了?《?{DOCUMENT}))",
                rf"(?P<launch>{verb['launch']})(?!仪式|会|以来|的|了?[^，。]{{0,6}}响应|电|时间|资金)",
                rf"(?P<speaker>{role['speaker']})(?!精神|稿|人|要求|中|时|以来|和[^，。]{{0,6}}精神|、|等)(?<!近期重要讲话)(?<!系列重要讲话)",
                rf"(?P<tell>{role['tell']})(?=了|[^，。；]{{2}})(?!会|人)",
            )
        )
        + ")"
    )
