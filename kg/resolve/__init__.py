"""Tell which things of different articles are one: what each article tells goes in, groups with reasons come out."""

from kg.resolve.corrections import Action, Correction, corrections, relative
from kg.resolve.editions import Edition, Notice, corrects, editions, notice, sketch
from kg.resolve.events import event_profiles
from kg.resolve.occasions import block, occasions
from kg.resolve.persons import persons
from kg.resolve.profiles import person_profiles
from kg.resolve.spells import seat_of, spells, successions
from kg.resolve.values import Decision, EditionProfile, EventProfile, Group, Holding, Member, PersonProfile, Resolution, Spell, Status, Verdict
from kg.resolve.writing import event, person, written

__all__ = [
    "Action", "Correction", "Decision", "Edition", "EditionProfile", "EventProfile", "Group", "Holding", "Member", "Notice", "PersonProfile",
    "Resolution", "Spell", "Status", "Verdict", "block", "corrections", "corrects", "editions", "event", "event_profiles", "notice",
    "occasions", "person", "person_profiles", "persons", "relative", "seat_of", "sketch", "spells",
    "successions", "written",
]  # fmt: skip
