from __future__ import annotations

from kg.show.initials import initials


def test_a_character_stands_under_every_reading() -> None:
    found = initials(["单雄信", "重庆", "曾参"])
    assert all("单" in found[letter] for letter in "cds") and "重" in found["z"] and "重" in found["c"] and "曾" in found["c"] and "曾" in found["z"]


def test_letters_digits_and_signs_have_no_reading_of_their_own() -> None:
    assert initials(["“A1”·é", ""]) == {}


def test_rare_characters_outside_the_basic_plane_do_no_harm() -> None:
    assert set("".join(initials(["\U00020bb7野家"]).values())) >= {"野", "家"}


def test_the_same_names_in_any_order_give_the_same_letters() -> None:
    assert initials(["东明街", "西河路"]) == initials(["西河路", "东明街"])
