"""What there is to decide about records that changed, or went, after they were sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from awra_tui.actions.known import known_company
from awra_tui.actions.results import Difference
from awra_tui.cache.store import attempts, links, records
from awra_tui.cache.stored import StoredRecord
from awra_tui.health import changes as health
from awra_tui.health import effects, wording
from awra_tui.health.compare import Versions
from awra_tui.health.fields import for_people, ordered
from awra_tui.health.kept import body_in
from awra_tui.health.states import state_of
from awra_tui.records.chosen import CHOICES, Choice
from awra_tui.records.finding import Finding, Judgement
from awra_tui.records.qbo import Link, QboObject
from awra_tui.records.subject import RecordKey
from awra_tui.sync.desk import Desk
from awra_tui.sync.judging import explain, look, prepared
from awra_tui.sync.view import CacheView


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that can be chosen: what it is called, what it will do, why it cannot be, if so.

    ``sends`` says that something is sent to QuickBooks for it; ``keys`` are those that it is possible for.
    """

    choice: Choice
    label: str
    effects: tuple[str, ...] = ()
    refused: str = ""
    sends: bool = True
    keys: tuple[RecordKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeQuestion:
    """What there is to decide about records: why, how the sides differ, what can be chosen.

    ``options`` is empty where nothing is to be decided; ``sentence`` then says so. ``differences`` are
    those of a record that is alone.
    """

    sentence: str
    differences: tuple[Difference, ...] = ()
    options: tuple[Option, ...] = ()

    def option(self, choice: Choice) -> Option | None:
        """Return an option, or None where it is not to be chosen here."""
        return next((one for one in self.options if one.choice is choice), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A record with the connection that is to be decided about, and what QuickBooks has at its other end.

    That is the record's own, or the one to something that was sent for it, such as a credit note's
    application.
    """

    stored: StoredRecord
    view: CacheView
    link: Link
    now: QboObject | None
    finding: Finding

    @property
    def name(self) -> str:
        """Return what sentences call the record."""
        return wording.title_of(self.stored.record)

    @property
    def is_part(self) -> bool:
        """Return whether it is not the record itself that is to be decided about."""
        return self.link.role != "main"

    @property
    def state(self) -> str:
        """Return how QuickBooks no longer counts it, or nothing."""
        return state_of(self.now)

    @property
    def sentence(self) -> str:
        """Say why something is to be decided."""
        [told] = explain(self.stored.record, [self.finding])
        return told.sentence

    @property
    def versions(self) -> Versions | None:
        """Return the sides of the record; ours is what was sent last where it cannot be made anew."""
        if self.now is None or not self.now.content:
            return None
        view = self.view.focused(self.stored.record)
        made = None if self.is_part else health.versions_of(self.stored.record, view, self.link, self.now)
        if made is not None:
            return made
        sent, answer = body_in(self.link.sent), body_in(self.link.answer, self.link.entity)
        return Versions(now=self.now.content, ours=sent, sent=sent, answer=answer)

    def option(self, choice: Choice) -> Option | None:
        """Return what a choice would do here, or None where it is not one of this case."""
        if choice not in CHOICES[self.finding.reason]:
            return None
        found = self._effects(choice)
        anew = choice is Choice.OURS and (self.is_part or self.state == "deleted")
        return Option(
            choice=choice,
            label=found.label,
            effects=found.sentences,
            refused=found.refused,
            sends=choice is not Choice.ACCEPT and not anew,
            keys=() if found.refused else (self.stored.key,),
        )

    def _effects(self, choice: Choice) -> effects.Effects:
        if self.is_part:
            return effects.of_part(self.now, choice)
        return effects.of(self.stored.record, self.now, choice, self.view)


async def ask_change(desk: Desk, *keys: RecordKey) -> ChangeQuestion:
    """Say what there is to decide about records, and what each choice would do; nothing is changed."""
    return await desk.page(_question, desk, keys)


def _question(desk: Desk, keys: Sequence[RecordKey]) -> ChangeQuestion:
    found, settled = cases(desk, keys)
    if not found:
        return ChangeQuestion(sentence=next(iter(settled.values()), "There is no such record."))
    options = [_together(choice, list(found.values())) for choice in Choice]
    present = tuple(option for option in options if option is not None)
    if len(keys) > 1:
        return ChangeQuestion(
            sentence=f"Decide about {len(found):,} of {len(keys):,} records?", options=present
        )
    [case] = found.values()
    return ChangeQuestion(sentence=case.sentence, differences=_differences(case), options=present)


def _together(choice: Choice, found: Sequence[Case]) -> Option | None:
    """Return one option for several records: the words of the first for which it is possible."""
    options = [option for case in found if (option := case.option(choice)) is not None]
    if not options:
        return None
    possible = [option for option in options if not option.refused]
    first = (possible or options)[0]
    counted = (f"For {len(possible):,} of {len(found):,} records.",) if len(found) > 1 else ()
    return Option(
        choice=choice,
        label=first.label,
        effects=counted or first.effects,
        refused=first.refused,
        sends=any(option.sends for option in possible or options),
        keys=tuple(key for option in possible for key in option.keys),
    )


def _differences(case: Case) -> tuple[Difference, ...]:
    versions = case.versions
    if versions is None or case.state:
        return ()
    currency = case.now.currency if case.now else ""
    found = (for_people(one, currency) for one in ordered(versions.conflicts or versions.drift))
    return tuple(
        Difference(field=one.field, ours=one.ours, theirs=one.theirs, last=one.last) for one in found
    )


def cases(desk: Desk, keys: Sequence[RecordKey]) -> tuple[dict[RecordKey, Case], dict[RecordKey, str]]:
    """Return what there is to decide, and of the others the sentences that say why nothing is.

    A job of the cache.
    """
    stored = list(records.many(keys).values())
    view = prepared(stored, known_company(), desk.profile.rules)
    last = attempts.last_of_many(keys)
    found: dict[RecordKey, Case] = {}
    settled: dict[RecordKey, str] = {}
    for one, judgement in zip(stored, look(stored, view), strict=True):
        is_open = one.key in last and last[one.key].is_open
        case = _case(one, judgement, view, is_open=is_open)
        if isinstance(case, Case):
            found[one.key] = case
        else:
            settled[one.key] = case
    return found, settled


def _case(one: StoredRecord, judgement: Judgement, view: CacheView, *, is_open: bool) -> Case | str:
    name = wording.title_of(one.record)
    if is_open:
        return f"{name} was sent and has no answer yet; it is being looked up first."
    main = main_of(view.links(one.key))
    if main is None:
        return f"{name} is not in QuickBooks, so there is nothing to decide."
    finding = next((each for each in judgement.findings if each.reason in CHOICES), None)
    if finding is None:
        return f"Nothing of {name} is to be decided: neither side changed it after it was sent."
    role = finding.values.get("role", main.role)
    link = next(each for each in view.links(one.key) if each.role == role)
    now = view.object(link.entity, link.qbo_id)
    return Case(stored=one, view=view, link=link, now=now, finding=finding)


def main_of(held: Sequence[Link]) -> Link | None:
    """Return what a record itself is connected to, or None."""
    return next((link for link in held if link.role == "main"), None)


def held_by_role(key: RecordKey) -> Mapping[str, Link]:
    """Return the open links of a record by their roles. A job of the cache."""
    return {link.role: link for link in links.of(key)}
