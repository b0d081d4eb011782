"""How much names are alike: folded as people mean them, and compared as QuickBooks compares them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from awra_tui.health import wording
from awra_tui.records.qbo import QboObject
from awra_tui.records.text import sort_key

SIMILAR = 92
"""The score from which two names without digits are shown as perhaps the same."""

_LEGAL = frozenset(
    (
        "ltd",
        "limited",
        "plc",
        "inc",
        "incorporated",
        "llc",
        "llp",
        "gmbh",
        "ag",
        "sa",
        "sarl",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "pty",
    )
)
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """Return a name as it is compared: accents, case, punctuation, legal suffixes and word order folded."""
    words = _WORD.findall(sort_key(name).replace("&", " and ").replace("'", ""))
    kept = [word for word in words if word not in _LEGAL]
    if kept[-2:] == ["and", "sons"]:
        kept = kept[:-2]
    return " ".join(sorted(kept or words))


def name_score(ours: str, theirs: str) -> int:
    """Return 0–100 for how much two names are alike; from ``SIMILAR`` on they are perhaps the same.

    Names with digits are codes: they are the same or not. Short ones are too easily alike.
    """
    left, right = name_key(ours), name_key(theirs)
    if left == right:
        return 100 if same_name(ours, theirs) else 98
    score = round(fuzz.ratio(left, right))
    return min(score, SIMILAR - 1) if _is_code(left) or _is_code(right) else min(score, 97)


def name_why(ours: str, theirs: str) -> str:
    """Say how much two names are alike."""
    score = name_score(ours, theirs)
    exact = {100: "the name is the same", 98: "the name is the same but for its spelling"}
    return exact.get(score, "the name is similar" if score >= SIMILAR else "part of the name is the same")


def near_names(name: str, objects: Sequence[QboObject]) -> list[QboObject]:
    """Return the objects whose names are near enough to ask a person about."""
    key = name_key(name)
    keys = [name_key(wording.own_name(obj)) for obj in objects]
    found = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=SIMILAR - 1, limit=10)
    near = (objects[place] for _key, _score, place in found)
    return [obj for obj in near if name_score(name, wording.own_name(obj)) >= SIMILAR]


def _is_code(key: str) -> bool:
    return len(key) < 5 or any(sign.isdigit() for sign in key)


def same_name(ours: str, theirs: str) -> bool:
    """Return whether two names are equal but for case and white space, as QuickBooks sees it."""
    return _folded(ours) == _folded(theirs)


@lru_cache(maxsize=200_000)
def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
