"""The alumni template: one column for everything that the graph or the contacts store knows of a person.

A file has one row an alumnus or one row an expertise: rows with the same `alumnus_id` are one person.
In a further row of a person an empty cell means "as in the first row"; a differing one refuses the row,
except for the columns of `Part.STUDY`, `Part.JOB` and `Part.EXPERTISE`, where each row adds one.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from graph.errors import WrongInput

_CITY = 'where several have that name, "Rotterdam, Netherlands", its country column, or its GeoNames number'


class Part(Enum):
    """What a column describes."""

    PERSON = "person"
    STUDY = "study"
    JOB = "job"
    EXPERTISE = "expertise"
    CONTACT = "contact"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it describes, what it means, and an example."""

    name: str
    part: Part
    meaning: str
    example: str
    required: bool = False


EXAMPLE_ID = "EXAMPLE-made-up"
"""The alumnus_id of the template's example row: a load leaves that row out and says so."""

COLUMNS: tuple[Column, ...] = (
    Column("alumnus_id", Part.PERSON, "your own number of the person", EXAMPLE_ID, required=True),
    Column("name", Part.PERSON, "name as the person states it", "Made-up Person", required=True),
    Column("country", Part.PERSON, "country of origin, a name in any language or an ISO code", "Viet Nam"),
    Column("gender", Part.PERSON, "as the person states it", "woman"),
    Column("home_city", Part.PERSON, f"city where the person lives; {_CITY}", "Can Tho"),
    Column("home_country", Part.PERSON, "country where the person lives", "Viet Nam"),
    Column(
        "languages",
        Part.PERSON,
        "working languages, separated by semicolons, a level after a colon",
        "vi: native; en: fluent",
    ),
    Column("open_to", Part.PERSON, "what the person is open to, as stated", "city exchanges"),
    Column("confirmed", Part.PERSON, "date on which the record was last confirmed (YYYY-MM-DD)", "2025-03-01"),
    Column("synthetic", Part.PERSON, "yes where the person is made up", "no"),
    Column("programme", Part.STUDY, "study programme", "Flood Risk Management"),
    Column("programme_year", Part.STUDY, "year of graduation", "2012"),
    Column("thesis_title", Part.STUDY, "title of the thesis", "Salt in the lower delta"),
    Column("thesis_language", Part.STUDY, "language of the title (BCP 47)", "en"),
    Column("organisation", Part.JOB, "organisation of the position", "Department of Dikes"),
    Column("organisation_kind", Part.JOB, "government, utility, company, ngo, research or community", "government"),
    Column("organisation_city", Part.JOB, f"city of the place of work; {_CITY}", "Can Tho"),
    Column(
        "organisation_country", Part.JOB, "country of the place of work; tells cities of one name apart", "Viet Nam"
    ),
    Column("position", Part.JOB, "job title", "Head of water safety"),
    Column(
        "role",
        Part.JOB,
        "engineer, planner, manager, researcher, teacher, consultant, policy-maker, responder or community-worker",
        "manager",
    ),
    Column("level", Part.JOB, "level as stated", "senior"),
    Column("position_since", Part.JOB, "first year of the position", "2019"),
    Column("position_until", Part.JOB, "last year of the position; empty while it lasts", ""),
    Column(
        "expertise_id",
        Part.EXPERTISE,
        "your own number of the expertise; without it the key is made of kind, project, city and since",
        "E-77",
    ),
    Column(
        "expertise_kind",
        Part.EXPERTISE,
        "project, thesis, publication, course or statement (so taken where empty)",
        "project",
    ),
    Column(
        "expertise_text",
        Part.EXPERTISE,
        "what was done, in the person's words; no addresses, no telephone numbers",
        "Raised the ring dike and planted mangroves in front of it.",
    ),
    Column("expertise_language", Part.EXPERTISE, "language of the text (BCP 47)", "en"),
    Column("project", Part.EXPERTISE, "name of the project", "Safe Shores"),
    Column("expertise_city", Part.EXPERTISE, f"city where it was done; {_CITY}", "Can Tho"),
    Column("expertise_country", Part.EXPERTISE, "country where it was done", "Viet Nam"),
    Column("since", Part.EXPERTISE, "first year", "2016"),
    Column("until", Part.EXPERTISE, "last year", "2019"),
    Column("expertise_role", Part.EXPERTISE, "role in it, one of the roles above", "engineer"),
    Column("expertise_source", Part.EXPERTISE, "where the statement comes from", "survey 2024"),
    Column("email", Part.CONTACT, "never enters the graph", ""),
    Column("telephone", Part.CONTACT, "never enters the graph", ""),
    Column("address", Part.CONTACT, "never enters the graph", ""),
    Column("consent", Part.CONSENT, "yes or no; empty means missing, and the person stays out of the graph", "yes"),
    Column("consent_date", Part.CONSENT, "date of the consent (YYYY-MM-DD)", "2024-11-05"),
    Column("consent_ground", Part.CONSENT, "how it was given", "online form"),
)
"""The columns in the order in which the template shows them."""

_NOTICE = "The first row below the header is made up and is left out by a load. Delete it, or write over it."


def template(file_format: Literal["csv", "xlsx"] = "csv") -> bytes:
    """The template's bytes: the header, and one example row that says that it is made up.

    Raises WrongInput for any other format.
    """
    if file_format == "csv":
        return _csv()
    if file_format == "xlsx":
        return _xlsx()
    raise WrongInput(f'There is no template in the format "{file_format}".', "Choose csv or xlsx.")


def _rows() -> list[list[str]]:
    return [[column.name for column in COLUMNS], [column.example for column in COLUMNS]]


def _csv() -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(_rows())
    return ("\ufeff" + text.getvalue()).encode("utf-8")  # the mark lets a spreadsheet see that this is UTF-8


def _xlsx() -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    alumni = book.active
    alumni.title = "Alumni"
    for row in _rows():
        alumni.append(row)
    alumni.freeze_panes = "A2"
    columns = book.create_sheet("Columns")
    columns.append(["column", "describes", "required", "meaning", "example"])
    for column in COLUMNS:
        required = "yes" if column.required else ""
        columns.append([column.name, column.part.value, required, column.meaning, column.example])
    columns.append([])
    columns.append([_NOTICE])
    for sheet in (alumni, columns):
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    for number in range(1, len(COLUMNS) + 1):
        column_of_cells = alumni.column_dimensions[get_column_letter(number)]
        column_of_cells.width = 18
        column_of_cells.number_format = "@"  # text: leading zeros stay
    columns.column_dimensions["A"].width, columns.column_dimensions["D"].width = 20, 90
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
