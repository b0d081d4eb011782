"""What speaks for a customer, vendor or item of QuickBooks being a record of the source."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from awra_tui.health import wording
from awra_tui.health.names import SIMILAR, name_score, name_why
from awra_tui.records.finding import Candidate
from awra_tui.records.kinds import KINDS
from awra_tui.records.qbo import QboObject
from awra_tui.records.record import SourceRecord
from awra_tui.records.text import folded, sort_key

WORTH_A_LOOK = 60
"""The score from which an object is offered to a person who searches."""
RIVAL = 80
"""From this score on a second object makes it a question which of the two is meant."""
_MORE, _AGAINST = 2, 25
"""What a further witness adds to a score, and what another tax number takes from it."""
_DIGITS, _COMPARED = 7, 9
"""A telephone number has so many digits at least, of which so many of the last are compared: what stands
before is how a country is dialled."""
_SIGNS = 4
"""A tax number has so many letters and digits at least."""

Read = Callable[[SourceRecord], str]
Told = Callable[[QboObject], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Witness:
    """One thing that both sides tell: what it is called, and the score that it gives by itself.

    ``folds`` makes of a text what is compared; an empty one says nothing. ``decides`` says that it is
    enough alone, ``contradicts`` that another value speaks against the two being one.
    """

    name: str
    score: int
    ours: Read
    theirs: Told
    folds: Callable[[str], str]
    decides: bool = False
    contradicts: bool = False

    def says(self, record: SourceRecord, thing: QboObject) -> bool | None:
        """Return whether both sides tell the same; None where one of them tells nothing."""
        ours = self.folds(self.ours(record))
        theirs = {folded for told in self.theirs(thing) if (folded := self.folds(told))}
        return ours in theirs if ours and theirs else None


def tax_number_of(thing: QboObject) -> str:
    """Return the tax number of a customer or vendor of QuickBooks, or nothing."""
    names = ("PrimaryTaxIdentifier", "TaxIdentifier", "BusinessNumber", "GSTIN")
    return next((str(thing.content[name]) for name in names if thing.content.get(name)), "")


def _signs(text: str) -> str:
    """Fold a code: letters and digits only."""
    return "".join(sign for sign in folded(text) if sign.isalnum())


def _tax_number(text: str) -> str:
    """Fold a tax number; one that QuickBooks masks says nothing, nor does ``N/A`` or ``000-000``."""
    plain = _signs(text)
    is_told = len(plain) >= _SIGNS and any(sign.isdecimal() and sign != "0" for sign in plain)
    return plain if is_told and "xxx" not in plain and "*" not in text else ""


def _phone(text: str) -> str:
    digits = "".join(sign for sign in text if sign.isdecimal())
    return digits[-_COMPARED:] if len(digits) >= _DIGITS else ""


def _words(text: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", folded(text))))


def _inner(thing: QboObject, name: str, key: str) -> str:
    held: Any = thing.content.get(name)
    return str(held.get(key) or "") if isinstance(held, dict) else ""


def _emails(thing: QboObject) -> list[str]:
    return re.split(r"[,;\s]+", _inner(thing, "PrimaryEmailAddr", "Address"))


def _phones(thing: QboObject) -> list[str]:
    return [_inner(thing, name, "FreeFormNumber") for name in ("PrimaryPhone", "Mobile", "AlternatePhone")]


def _addresses(thing: QboObject) -> list[str]:
    addresses = (thing.content.get(name) for name in ("BillAddr", "ShipAddr"))
    return [
        " ".join(str(one.get(part) or "") for part in ("Line1", "City"))
        for one in addresses
        if isinstance(one, dict) and one.get("Line1")
    ]


def _address(record: SourceRecord) -> str:
    contact = record.contact
    return f"{contact.address[0]} {contact.city}" if contact.address else ""


def _price(record: SourceRecord) -> str:
    return f"{record.unit_price.normalize():f}" if record.unit_price else ""


def _their_price(thing: QboObject) -> list[str]:
    price = thing.content.get("UnitPrice")
    return [f"{Decimal(str(price)).normalize():f}"] if price else []


_PARTY = (
    Witness(
        "tax number", 95, lambda ours: ours.contact.tax_number, lambda theirs: [tax_number_of(theirs)],
        _tax_number, decides=True, contradicts=True,
    ),
    Witness("e-mail", 90, lambda ours: ours.contact.email, _emails, str.casefold, decides=True),
    Witness("phone", 82, lambda ours: ours.contact.phone, _phones, _phone),
    Witness("address", 72, _address, _addresses, _words),
)  # fmt: skip
_GOODS = (
    Witness(
        "SKU", 90, lambda ours: ours.number if ours.party_name else "",
        lambda theirs: [str(theirs.content.get("Sku") or "")], _signs, contradicts=True,
    ),
    Witness("price", 0, _price, _their_price, str.strip),
)  # fmt: skip


def witnesses_of(kind: str) -> tuple[Witness, ...]:
    """Return what is compared besides the name for a kind of names."""
    return _GOODS if kind == "item" else _PARTY


_BALANCE = 66
"""What an equal open balance says by itself: two customers may well owe the same."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one candidate: how like its name is, what else is the same, what is not.

    ``likeness`` is the score of the names. ``decisive`` says that a witness enough alone speaks for it.
    """

    candidate: Candidate
    likeness: int
    same: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    decisive: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether nobody has to look, provided that nothing else is a rival.

        An equal tax number or e-mail, or the same name with another witness; and nothing against it. An
        e-mail may be that of a bookkeeper of many: the names must have something in common.
        """
        if self.against:
            return False
        named = self.decisive and ("tax number" in self.same or self.likeness >= WORTH_A_LOOK)
        return named or (self.likeness == 100 and bool(self.same))


def evidence(record: SourceRecord, thing: QboObject, *, same_balance: bool = False) -> Evidence:
    """Return what speaks for and against an object being a record; ``same_balance`` is one witness more."""
    name, other = wording.name_of(record), wording.own_name(thing)
    likeness = name_score(name, other)
    heard = [(one, one.says(record, thing)) for one in witnesses_of(record.kind)]
    same = [one for one, said in heard if said]
    against = tuple(one.name for one, said in heard if said is False and one.contradicts)
    names = (*(one.name for one in same), *(("open balance",) if same_balance else ()))
    scores = [likeness, *(one.score for one in same), *((_BALANCE,) if same_balance else ())]
    named = name_why(name, other) if likeness >= WORTH_A_LOOK else ""
    further = len(names) + bool(named) - 1
    score = max(scores) if further < 1 else max(likeness, min(max(scores) + _MORE * further, 99))
    return Evidence(
        candidate=Candidate(
            entity=thing.entity,
            qbo_id=thing.id,
            name=thing.name or f"with id {thing.id}",
            score=max(score - _AGAINST * len(against), 0),
            why="; ".join(_why(named, names, against)),
        ),
        likeness=likeness,
        same=names,
        against=against,
        decisive=any(one.decides for one in same),
    )


def _why(named: str, same: Sequence[str], against: Sequence[str]) -> Iterator[str]:
    """Say what speaks for it, the strongest first, then what speaks against it."""
    if same:
        yield f"the same {_listed(same)}"
    if named:
        yield named
    if against:
        yield f"but another {_listed(against)}"


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def rank_names(
    record: SourceRecord, objects: Sequence[QboObject], owing: frozenset[str] = frozenset()
) -> list[Evidence]:
    """Return customers, vendors or items by how much speaks for them, the likeliest first.

    ``owing`` are the ids of those whose open balance is the record's.
    """
    ranked = [evidence(record, one, same_balance=one.id in owing) for one in objects]
    return sorted(ranked, key=lambda one: (-one.candidate.score, sort_key(one.candidate.name)))


def certain(record: SourceRecord, ranked: Sequence[Evidence]) -> Evidence | None:
    """Return the one candidate that nobody has to look at, or None: any rival makes it a question."""
    if not ranked or not ranked[0].is_certain or not KINDS[record.kind].is_name:
        return None
    best, *others = ranked
    rivals = [
        one for one in others if one.candidate.score >= RIVAL or one.decisive or one.likeness >= SIMILAR
    ]
    return None if rivals else best
