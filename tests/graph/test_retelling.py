"""An article is told again as many articles understand it: its things get their IRIs and names, and what was taken back is left out."""

from __future__ import annotations

import random

import pytest
from graph_stories import expanded, meeting, said, told

from kg.graph import Spo, Term, triples
from kg.graph.retelling import Meaning, Omissions, Renaming, Standing, retold, text_of, triples_of, united
from kg.graph.terms import DEFAULT_BASE, KG, RDF, RDFS, SKOS, chinese, iri

((ARTICLE, STORY),) = told(meeting()).items()
RAW = set(STORY)
NOTHING = Standing()


def term(short: str) -> Term:
    return Term(expanded(short))


def changed(**given: object) -> set[Spo]:
    """Return the story told again."""
    standing = given.pop("standing", NOTHING)
    return retold(ARTICLE, STORY, given.pop("meanings", {}), standing, **given)  # type: ignore[arg-type]


def of(subject: Term, told: set[Spo] = RAW) -> dict[Term, set[Term]]:
    """Return what is said of a subject."""
    found: dict[Term, set[Term]] = {}
    for one, predicate, thing in told:
        if one == subject:
            found.setdefault(predicate, set()).add(thing)
    return found


def only(kind: Term, **cells: Term) -> Term:
    """Return the only thing of a class that the story says these things of."""
    wanted = {KG.named(name): thing for name, thing in cells.items()}
    (found,) = {
        subject for subject, predicate, thing in RAW if (predicate, thing) == (RDF.type, kind) and all((subject, *cell) in RAW for cell in wanted.items())
    }
    return found


ZHANG, LI, WANG = term("person:张建国"), term("person:李文芳"), term("person:王志强")
HELD, VISIT = only(KG.Meeting), only(KG.Inspection)
TASK, POLICY = term("task:优化营商环境"), term("policy:河畅行动")
SITE = term("project:春和花园")


def gone(told: set[Spo]) -> set[Term]:
    """Return the subjects of the story of which nothing is told any more."""
    return {spo[0] for spo in RAW} - {spo[0] for spo in told}


# ---------------------------------------------------------------- what nobody else knows anything about


def test_what_no_other_article_changes_is_told_as_it_was_read() -> None:
    assert changed() == RAW


def test_text_is_read_back_as_it_was_written() -> None:
    hostile = [(iri(DEFAULT_BASE, "person/a b"), KG.text, chinese('甲 "乙"\n\\丙 .')), *STORY]
    assert triples_of(text_of(hostile)) == hostile
    assert triples_of("") == []


def test_an_article_of_two_sources_is_told_once_with_both_of_them() -> None:
    other = triples(meeting("news/b.txt"), DEFAULT_BASE)
    both = set(united([text_of(STORY), text_of(other)]))
    assert both - RAW == said(f'</{ARTICLE[len(DEFAULT_BASE) + 1 :]} dcterms:source "news/b.txt"')
    assert both >= RAW
    assert united([]) == []


# ---------------------------------------------------------------- what things mean


def test_a_thing_gets_the_iri_and_the_label_of_its_group() -> None:
    there = term("person:青岚区/张建国")
    found = changed(meanings={ZHANG: Meaning(there, "张建国同志")})
    assert ZHANG not in {end for spo in found for end in (spo[0], spo[2])}
    assert of(there, found)[RDFS.label] == {chinese("张建国同志")}
    assert of(there, found)[SKOS.altLabel] == {chinese("张建国")}
    assert len(found) == len(RAW) + 1
    assert (there, KG.inspected, SITE) in found


def test_a_label_that_was_another_name_is_no_longer_one() -> None:
    found = changed(meanings={POLICY: Meaning(POLICY, "“河畅行动”")})
    assert of(POLICY, found)[RDFS.label] == {chinese("“河畅行动”")}
    assert of(POLICY, found)[SKOS.altLabel] == {chinese("河畅行动")}


def test_an_event_gets_the_confidence_of_its_best_report() -> None:
    found = changed(meanings={HELD: Meaning(HELD, "全区推进会", 0.97)})
    assert [str(sure).split('"')[1] for sure in of(HELD, found)[KG.confidence]] == ["0.97"]
    assert of(VISIT, found) == of(VISIT)


# ---------------------------------------------------------------- editions


def test_an_article_that_gives_way_tells_only_of_itself() -> None:
    first = term("article:0000000000000001")
    found = changed(standing=Standing(((KG.reprintOf, first),), gives_way=True))
    assert {spo[0] for spo in found} == {ARTICLE}
    assert (ARTICLE, KG.reprintOf, first) in found
    assert KG.articleText in of(ARTICLE, found)
    assert KG.mentions not in of(ARTICLE, found)


def test_what_rests_on_words_that_were_taken_back_is_not_told() -> None:
    found = changed(standing=Standing(wrong=("张建国调研",)))
    assert gone(found) >= {VISIT}
    assert (ZHANG, KG.inspected, SITE) not in found
    assert (WANG, KG.accompanied, ZHANG) not in found
    assert of(HELD, found) == of(HELD)
    assert not any(predicate == KG.quote and "张建国调研" in thing for _, predicate, thing in found)


# ---------------------------------------------------------------- omissions


def test_a_statement_goes_with_its_edge_and_its_passage() -> None:
    one = only(KG.Statement, madeBy=LI)
    found = changed(omissions=Omissions(facts=frozenset({one})))
    assert gone(found) == {one, *of(one)[KG.evidence]}
    assert {predicate for predicate, things in of(LI).items() if TASK in things} == {KG.emphasized}
    assert TASK not in {thing for things in of(LI, found).values() for thing in things}
    assert of(HELD, found) == of(HELD)


def test_an_edge_stays_that_another_fact_draws() -> None:
    one = only(KG.Statement, madeBy=LI)
    again = Term(one.replace("/statement/", "/statement/9"))
    twice = RAW | {(again, predicate, thing) for predicate, things in of(one).items() for thing in things}
    found = retold(ARTICLE, twice, {}, NOTHING, Omissions(facts=frozenset({one})))
    assert (LI, KG.emphasized, TASK) in found
    assert not gone(found) - {one}  # its passage shows the other one too


def test_an_edge_of_another_verb_goes() -> None:
    one = only(KG.Statement, madeBy=LI)
    again = Term(one.replace("/statement/", "/statement/9"))
    cells = {**of(one), KG.speechVerb: {Term('"要求"')}}
    twice = RAW | {(again, predicate, thing) for predicate, things in cells.items() for thing in things} | {(LI, KG.required, TASK)}
    found = retold(ARTICLE, twice, {}, NOTHING, Omissions(facts=frozenset({one})))
    assert (LI, KG.emphasized, TASK) not in found
    assert (LI, KG.required, TASK) in found


def test_an_event_goes_with_its_edges_and_with_what_it_said() -> None:
    found = changed(omissions=Omissions(facts=frozenset({HELD})))
    assert HELD not in {end for spo in found for end in (spo[0], spo[2])}
    agreed = only(KG.Statement, madeBy=HELD)
    assert agreed in gone(found)
    assert only(KG.Statement, madeBy=LI) not in gone(found)  # she said it all the same, only not there
    assert KG.chaired not in of(ZHANG, found)
    assert (ZHANG, KG.inspected, SITE) in found
    assert (WANG, KG.accompanied, ZHANG) in found


def test_an_inspection_goes_with_the_edges_between_those_who_took_part() -> None:
    found = changed(omissions=Omissions(facts=frozenset({VISIT})))
    assert (ZHANG, KG.inspected, SITE) not in found
    assert (WANG, KG.accompanied, ZHANG) not in found
    assert KG.chaired in of(ZHANG, found)


def test_a_triple_goes_with_what_reifies_it() -> None:
    post = term("post:甲区区长")
    found = changed(omissions=Omissions(triples=frozenset({(ZHANG, KG.holdsPost, post)})))
    assert KG.holdsPost not in of(ZHANG, found)
    assert KG.holdsPost in of(LI, found)
    assert {of(one)[RDF.object].pop() for one in gone(found) if RDF.object in of(one)} == {post}


def test_a_triple_that_a_role_draws_goes_alone() -> None:
    found = changed(omissions=Omissions(triples=frozenset({(ZHANG, KG.chaired, HELD)})))
    assert RAW - found == {(ZHANG, KG.chaired, HELD)}


def test_a_thing_that_is_none_goes_with_all_that_it_did() -> None:
    found = changed(omissions=Omissions(things=frozenset({LI})))
    assert LI not in {end for spo in found for end in (spo[0], spo[2])}
    assert only(KG.Statement, madeBy=LI) in gone(found)
    assert KG.chair in of(HELD, found)
    assert not any(LI in of(one).get(RDF.subject, ()) for one in {spo[0] for spo in found})


def test_omitting_what_is_not_there_changes_nothing() -> None:
    far = term("person:没有的人")
    assert changed(omissions=Omissions(frozenset({far}), frozenset({(far, KG.holdsPost, far)}), frozenset({far}))) == RAW


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_omitted_nothing_leads_to_it(seed: int) -> None:
    chance = random.Random(seed)
    subjects = sorted({spo[0] for spo in RAW} - {ARTICLE})
    facts = frozenset(chance.sample([one for one in subjects if "/article/" in one and "#char" not in one], chance.randrange(4)))
    things = frozenset(chance.sample([one for one in subjects if "/article/" not in one and "/extraction/" not in one], chance.randrange(3)))
    found = changed(omissions=Omissions(facts, frozenset(chance.sample(sorted(RAW), 2)), things))
    assert found <= RAW
    ends = {end for spo in found for end in (spo[0], spo[2])}
    assert not ends & (facts | things)
    # every passage shows something, and every statement is made by somebody
    shown = {thing for _, predicate, thing in found if predicate == KG.evidence}
    assert {subject for subject, predicate, _ in found if predicate == KG.inArticle} <= shown | {spo[0] for spo in RAW - found}


# ---------------------------------------------------------------- renaming


def test_what_is_joined_gets_its_label_from_the_other_and_keeps_its_own_as_another_name() -> None:
    other = term("organization:甲区管委会")
    found = changed(renaming=Renaming(joined={term("area:甲区"): other}))
    assert RDFS.label not in of(other, found)
    assert of(other, found)[SKOS.altLabel] == {chinese("甲区")}
    assert (HELD, KG.convener, other) in found


def test_what_is_joined_to_a_thing_of_the_same_story_has_one_label() -> None:
    found = changed(renaming=Renaming(joined={LI: ZHANG}))
    assert of(ZHANG, found)[RDFS.label] == {chinese("张建国")}
    assert chinese("李文芳") in of(ZHANG, found)[SKOS.altLabel]
    assert of(HELD, found)[KG.attendee] == {ZHANG}


def test_what_is_parted_keeps_its_label_under_another_iri() -> None:
    other = term("area:甲区-2")
    found = changed(renaming=Renaming(parted={term("area:甲区"): other}))
    assert of(other, found)[RDFS.label] == {chinese("甲区")}
    assert len(found) == len(RAW)
    assert (HELD, KG.convener, other) in found


def test_a_label_by_hand_goes_before_all_others() -> None:
    found = changed(meanings={ZHANG: Meaning(term("person:甲/张建国"), "张建国")}, renaming=Renaming(labels={term("person:甲/张建国"): "张建軍"}))
    assert of(term("person:甲/张建国"), found)[RDFS.label] == {chinese("张建軍")}
