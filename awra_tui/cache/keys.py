"""Sort and search keys as the cache stores them, so that every database orders the same."""

from functools import lru_cache

from awra_tui.records.money import from_minor
from awra_tui.records.text import folded, sort_key
from awra_tui.records.text import number_key as _number_key


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """Return the key of a name; names repeat, so they are remembered."""
    # Plain ASCII has nothing to fold but case.
    return text.casefold()[:200] if text.isascii() else sort_key(text)


def number_key(text: str) -> str:
    """Return the key of a document number, digits counting as numbers."""
    return _number_key(text)


def search_text(number: str, party: str, reference: str, minor: int, currency: str) -> str:
    """Return what search as you type looks through: number, party, reference and the plain amount."""
    amount = str(from_minor(minor, currency)) if minor else ""
    return f"{name_key(number)} {name_key(party)} {name_key(reference)} {amount}".rstrip()


def said_text(search: str, sentence: str) -> str:
    """Return what a search for warnings looks through: of what each is, and the words of its sentence."""
    return f"{search} {folded(sentence)[:300]}"


def search_pattern(text: str) -> str:
    """Return a person's search as it stands in the keys: folded, an amount without its commas."""
    folded = sort_key(text.strip())
    plain = folded.replace(",", "")
    return plain if plain.replace(".", "", 1).isdigit() else folded
