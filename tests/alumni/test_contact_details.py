"""Addresses and numbers inside free text are found; years, project numbers, coordinates and flow rates are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.alumni.contact_details import MASK, found, masked

ADDRESSES = """
write to made.up@example.org for the report
made-up (at) example.org
made.up [at] example [dot] org
made.up @ example.org
made at example dot org
made@example.org
m.a-d.e+work@mail.example.co.uk
nguyễn@example.org
made{at}example{dot}org
made<at>example.org
made@\u200bexample.org
mailto:made@example.org
""".strip().splitlines()

NUMBERS = """
+31 6 12345678
+31612345678
+31 (0)6 1234 5678
(+84) 91 234 5678
0031 6 1234 5678
06-12345678
0612345678
06 12 34 56 78
020 7946 0958
(020) 7946 0958
(555) 010-0199
202-555-0147
202.555.0147
1-800-555-0199
1 (202) 555-0147
tel. 612 345 678
Tel: 6123456
my mobile is 0912 345 678
tel:+31.612345678
phone number: 79460958
WhatsApp 2025550147
电话13800138000
13800138000
98765 43210
call me at +84.91.234.5678
+٨٤ ٩١ ٢٣٤ ٥٦٧٨
+84 91 234 5678
010-1234-5678
+44 20 7946 0958 or +44 20 7946 0959
wa.me/31612345678
+1 202 555 0147 (daytime)
""".strip().splitlines()

INNOCENT = """
2015-2019
from 2015 to 2019, 2020, 2021
2012 2013 2014 2015
a flow of 12,000 m3/s
12 000 000 people
1 500 000 inhabitants
612 345 678 people
10.0452, 105.7469
10.0452 105.7469
-33.8688 151.2093
+52.3702157, +4.8951679
051.5074 000.1278
10°02'43"N 105°44'49"E
project 2012-0456-78
project no. 0123456789
P123456
NL-0123-4567-89
grant 4500123456
contract number 7000123456
2015-03-04
04-03-2015 to 05-06-2016
03/2015-04/2017
05 2015 - 06 2016
10.1016/j.watres.2015.01.001
ISBN 978-3-16-148410-0
0.123456789
0.12 0.34 0.56 0.78
raised by +12 000 000 m3
EUR 25 000 000
USD 1,234,567,890
1:10 000 maps
MH0601 and GH0405
08:00-17:00
pumps @ 3.5 m3/s
looked at example data
UTM 48P 0583456 1112345
https://example.org/0612345678
the flood of 1953-02-01
RCP 4.5 and 8.5, 2046-2065
1995, 1998, 2002, 2005-2010
stations 12, 15, 18, 22, 27, 31
2010-11, 2011-12, 2012-13
discharge 1200-1500 m3/s, 2300
@cityhall
DN 1200 / 1400 / 1600
return periods 10 20 50 100 200
Q10 450 Q50 1200 Q100 1800
100 000 - 150 000 households
1,200 – 1,500 homes
call 2015-2019
phase 1 2012-2015, phase 2 2016-2020
50 000 000 000
""".strip().splitlines()


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_found_however_it_is_spelt(text: str) -> None:
    assert [one.kind for one in found(f"Raised the dike; {text}")][:1] == ["e-mail address"]
    assert "example" not in masked(text).casefold()


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_found_however_it_is_grouped(text: str) -> None:
    assert "telephone number" in [one.kind for one in found(text)]
    assert sum(sign.isdecimal() for sign in masked(text)) <= 2


@pytest.mark.parametrize("text", INNOCENT)
def test_what_engineers_write_is_neither(text: str) -> None:
    assert found(text) == []
    assert masked(f"Worked on it: {text}.") == f"Worked on it: {text}."


SEPARATORS = st.sampled_from(["", " ", "-", ".", "\u00a0", "\u2011"])


@given(country=st.integers(1, 998), groups=st.lists(st.integers(100, 9999), min_size=3, max_size=3), apart=SEPARATORS)
def test_any_international_number_is_found_and_masked_whole(country: int, groups: list[int], apart: str) -> None:
    number = f"+{country} " + apart.join(map(str, groups))
    assert masked(f"Reach the office under {number}, daily") == f"Reach the office under {MASK}, daily"


@given(
    first=st.integers(1900, 2030),
    last=st.integers(1900, 2030),
    between=st.sampled_from(["-", "–", " - ", "/", " to ", ", ", " ", "."]),
)
def test_no_pair_of_years_is_a_number(first: int, last: int, between: str) -> None:
    assert found(f"Head of the basin agency {first}{between}{last}") == []


@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180), apart=st.sampled_from([", ", " ", "; ", "/"]))
def test_no_coordinates_are_a_number(latitude: float, longitude: float, apart: str) -> None:
    assert found(f"Gauge at {latitude:.5f}{apart}{longitude:.5f}") == []


@given(st.text(max_size=200))
def test_masking_leaves_nothing_to_find(text: str) -> None:
    assert found(masked(text)) == []


@given(
    local=st.from_regex(r"[a-z][a-z0-9._-]{0,20}[a-z0-9]", fullmatch=True), at=st.sampled_from(["@", " (at) ", "[at]"])
)
def test_any_plain_address_is_found(local: str, at: str) -> None:
    assert "example" not in masked(f"Ask {local}{at}example.org about it")
