"""Links and answers over the demo network judged by the generator's truth, which nothing else reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from api import answering
from api.wiring import Network
from graph.index.reference_file import region_chain
from graph.model.links import Linked
from graph.model.questions import AskRequest
from ingest.synthetic.truth import Truth
from tests.quality.questions import Asked

SHOWN = 10


@dataclass(frozen=True, slots=True)
class LinkQuality:
    """How often the right hazard stands first, among texts of one language with a hazard."""

    language: str
    named: bool
    texts: int
    first: float
    recall_at_3: float


def link_quality(truths: Sequence[Truth], ranked: Sequence[Linked]) -> list[LinkQuality]:
    """Judge rankings without threshold, by language, apart for texts that name their hazard and those that do not."""
    groups: dict[tuple[str, bool], list[tuple[Truth, Linked]]] = defaultdict(list)
    for truth, linked in zip(truths, ranked, strict=True):
        if truth.hazards:
            groups[truth.language, truth.names_hazard].append((truth, linked))
    return [
        LinkQuality(
            language,
            named,
            len(group),
            _mean(linked.hazards[0].id in truth.hazards for truth, linked in group),
            _mean(
                len(set(truth.hazards) & {link.id for link in linked.hazards[:3]}) / len(truth.hazards)
                for truth, linked in group
            ),
        )
        for (language, named), group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


@dataclass(frozen=True, slots=True)
class Judged:
    """The first ten of one answer: right and wrong whole people shown by texts that name the hazard, and by others;
    `found` and `there_are` people of each sort in the whole answer and in truth."""

    asked: Asked
    named_right: int
    named_wrong: int
    other_right: int
    other_wrong: int
    named_found: int
    named_there_are: int
    other_found: int
    other_there_are: int


class Judge:
    """Judges answers of one network by the truth of its generator."""

    def __init__(self, network: Network, truths: Iterable[Truth]) -> None:
        self._network = network
        self._by_person: dict[str, list[Truth]] = defaultdict(list)
        for truth in truths:
            self._by_person[truth.alumnus].append(truth)

    def judge(self, asked: Asked) -> Judged:
        """Ask a question and judge the whole people in the answer."""
        shown = self._whole(asked.question, SHOWN)
        everyone = set(self._whole(asked.question, 100)) | set(shown)
        meant = {key: named for key in self._by_person if (named := self._truly(key, asked)) is not None}
        right = {True: 0, False: 0}
        wrong = {True: 0, False: 0}
        for key, evidence in shown.items():
            named = any(self._text_names(key, expertise) for expertise in evidence)
            counted = right if key in meant else wrong
            counted[named] += 1
        found = [meant[key] for key in everyone if key in meant]
        return Judged(
            asked,
            right[True],
            wrong[True],
            right[False],
            wrong[False],
            sum(found),
            sum(meant.values()),
            len(found) - sum(found),
            len(meant) - sum(meant.values()),
        )

    def _whole(self, question: str, limit: int) -> Mapping[str, list[str]]:
        answer = answering.ask(self._network, AskRequest(question, limit=limit))
        return {
            expert.id: [evidence.expertise for evidence in expert.evidence] for expert in answer.experts if expert.whole
        }

    def _text_names(self, key: str, expertise: str) -> bool:
        return any(truth.expertise == expertise and truth.names_hazard for truth in self._by_person[key])

    def _truly(self, key: str, asked: Asked) -> bool | None:
        """Return whether a text that names the hazard makes the person right; None where nothing does."""
        right = [truth for truth in self._by_person[key] if self._holds(truth, asked)]
        return any(truth.names_hazard for truth in right) if right and key in self._keys else None

    @cached_property
    def _keys(self) -> set[str]:
        return set(self._network.index.keys)

    def _holds(self, truth: Truth, asked: Asked) -> bool:
        narrower = self._network.vocabulary.narrower(asked.hazard)
        if not narrower & set(truth.hazards):
            return False
        # The template has no place for a thesis: only where a text was gained as stated can an answer know.
        known = None if truth.kind == "thesis" else truth
        if asked.country and (known is None or known.country != asked.country):
            return False
        if asked.region and (known is None or asked.region not in self._regions(known.country)):
            return False
        if asked.trait and (known is None or asked.trait not in self._traits(known.city)):
            return False
        return asked.since is None or (truth.until or truth.since or 0) >= asked.since

    def _regions(self, country: str | None) -> Sequence[str]:
        return region_chain(self._network.index.reference, country)

    def _traits(self, city: str | None) -> Iterable[str]:
        return self._network.index.city_traits.get(city or "", ())


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
