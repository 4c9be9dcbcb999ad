"""The rules: an article goes in, the reading of its rules, lexicon and tagger comes out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kg.extract.areas import areas, find_areas, listed_areas, nested
from kg.extract.bodies import definitions, in_group, organizations
from kg.extract.confidence import sure
from kg.extract.documents import documents
from kg.extract.events import events
from kg.extract.focus import focus
from kg.extract.homes import find_homes
from kg.extract.indicators import indicators
from kg.extract.people import find_people
from kg.extract.policies import policies
from kg.extract.relations import relations
from kg.extract.renamings import areas_above, renamings
from kg.extract.scene import Scene
from kg.extract.sites import sites
from kg.extract.statements import statements
from kg.extract.tag import MAYBE, NOTHING, Tagger, Tagging, tagger
from kg.extract.traditional import Folded, fold
from kg.model import Article, Fact, Mention, Reading, Span
from kg.page import sentences

RULES_VERSION = "1"
_CHUNK = 512
_LEAD = 1  # the headline is always read with the tagger
_FAR = 1 << 60


class RuleExtractor:
    """Read articles by rules over one tagger; keeps nothing between articles."""

    def __init__(self, tagging: Tagger | str = "lac") -> None:
        self._tagger = tagger(tagging) if isinstance(tagging, str) else tagging
        self._cutter = tagger("rjieba") if self._tagger.is_slow else self._tagger

    @property
    def name(self) -> str:
        """Return the extractor's name with its version and tagger, as it stands in the provenance of facts."""
        return f"rules@{RULES_VERSION}+{self._tagger.name}"

    def facts(self, article: Article) -> Iterator[Fact]:
        """Yield the facts of one story."""
        yield from self.reading(article).facts

    def reading(self, article: Article) -> Reading:
        """Return what one story says."""
        return next(self.readings([article]))

    def readings(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Yield what each story says; stories are tagged in chunks, which changes nothing in what is read."""
        stories = iter(articles)
        while chunk := list(islice(stories, _CHUNK)):
            folds = [fold(article) for article in chunk]
            cut = [[sentence.text for sentence in sentences(folded.article)] for folded in folds]
            tags = self._tags(cut)
            for folded, story in zip(folds, cut, strict=True):
                yield _unfold(folded, _read(Scene(folded.article, list(islice(tags, len(story))))))

    def _tags(self, stories: Sequence[Sequence[str]]) -> Iterator[Tagging]:
        """Tag the stretches in which names may stand with the tagger, the rest with the fast cutter."""
        texts = [text for story in stories for text in story]
        if self._cutter is self._tagger:
            yield from (_mended(tagging, ()) for tagging in self._tagger.tags(texts))
            return
        rough = list(self._cutter.tags(texts))
        leads = [place < _LEAD for story in stories for place in range(len(story))]
        shown = [[(0, len(text))] if lead else focus(text, cut.words) for text, cut, lead in zip(texts, rough, leads, strict=True)]
        tags = self._tagger.tags([text[start:end] for text, stretches in zip(texts, shown, strict=True) for start, end in stretches])
        for cut, stretches in zip(rough, shown, strict=True):
            yield _mended(cut, [(start, end, next(tags)) for start, end in stretches])


def _mended(rough: Tagging, pieces: Sequence[tuple[int, int, Tagging]]) -> Tagging:
    """Return a rough tagging with the words of better ones in their stretches; where nobody is sure, no word is a person's name."""
    words: list[tuple[int, int, str]] = []
    index = 0
    for start, end, piece in (*pieces, (_FAR, _FAR, NOTHING)):
        stop = bisect_left(rough.words, (start,), index)
        words += [word if word[2] != MAYBE else (word[0], word[1], "nz") for word in rough.words[index:stop]]
        words += [(start + first, start + last, flag) for first, last, flag in piece.words]
        index = bisect_left(rough.words, (end,), stop)
    return Tagging(tuple(words))


def _read(scene: Scene) -> Reading:
    """Find what the story names, surest first, then what it says of them."""
    if scene.body is None:
        return Reading(scene.article, (), ())
    scene.areas = find_areas(scene)
    scene.area_ends = {found.end: found.start for found in scene.areas}
    scene.homes = find_homes(scene)
    scene.add(documents(scene))
    scene.add(listed_areas(scene))
    bodies = list(_defined(scene, organizations(scene)))
    people = find_people(scene, [(body.span, body.name) for body in bodies])
    scene.add(people.persons)
    scene.add(people.posts)
    scene.add(body for body in bodies if not in_group(scene, body))
    scene.add(areas(scene))
    scene.add(sites(scene))
    scene.add(policies(scene))
    happened = list(events(scene))
    said = list(statements(scene, happened))
    facts: Sequence[Fact] = (*people.tenures, *happened, *said, *relations(scene, happened), *renamings(scene), *areas_above(scene), *indicators(scene))
    named = tuple(mention for mention in scene.mentions if mention.kind != "Post")
    aliases = tuple(sorted(scene.area_aliases.items()))
    return Reading(scene.article, named + tuple(nested(scene)), tuple(map(sure, facts)), tuple(people.refusals), _home(scene), aliases)


def _defined(scene: Scene, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the bodies; a short form that the text defines takes the name of the body before its definition."""
    bodies = sorted(found, key=lambda mention: (mention.span.start, -mention.span.end))
    ends = {mention.span.end: mention for mention in bodies}
    for span, short in definitions(scene):
        body = ends.get(span.start)
        if body is not None:
            scene.aliases[short] = body.name
            for level, area in scene.homes.items():
                if short.startswith(level):
                    scene.aliases[area + short[len(level) :]] = body.name
    for body in bodies:
        name = scene.aliases.get(body.text) or scene.aliases.get(body.name) or body.name
        yield body if name == body.name else Mention(body.kind, body.text, body.span, name, body.rule, body.confidence)


def _home(scene: Scene) -> str | None:
    """Return the smallest area of county level or above that the story speaks from."""
    return next((scene.homes[level] for level in "区县旗市州盟省" if level in scene.homes), None)


def _unfold(folded: Folded, reading: Reading) -> Reading:
    return folded.unfold(reading)


__all__ = ["RULES_VERSION", "RuleExtractor", "Span"]
