"""Numbers on the command line that must lie in a range."""

from __future__ import annotations

from argparse import ArgumentTypeError

import pytest

from vcf_desktop.arguments import finite_number, positive_number, whole_number


def test_that_numbers_in_their_range_are_taken() -> None:
    assert [whole_number(1)(text) for text in ("1", "77")] == [1, 77]
    assert [finite_number(0, 0.9)(text) for text in ("0", "0.9", "1e-3")] == [0, 0.9, 0.001]
    assert finite_number(0)("1e9") == 1e9
    assert positive_number("1e-9") == 1e-9


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (whole_number(1), "0", "at least 1"),
        (finite_number(0, 0.9), "1", "from 0 to 0.9"),
        (finite_number(0, 0.9), "-0.1", "from 0 to 0.9"),
        (finite_number(0), "-1", "at least 0"),
        (finite_number(0), "inf", "at least 0"),
        (finite_number(0), "nan", "at least 0"),
        (positive_number, "0", "above 0"),
        (positive_number, "inf", "above 0"),
        (positive_number, "nan", "above 0"),
    ],
)
def test_that_a_number_out_of_its_range_is_refused(kind: object, text: str, sentence: str) -> None:
    with pytest.raises(ArgumentTypeError, match=f"must be {sentence}$"):
        kind(text)  # type: ignore[operator]


@pytest.mark.parametrize("kind", [whole_number(0), finite_number(0), positive_number])
def test_that_what_is_no_number_is_wrong_usage(kind: object) -> None:
    with pytest.raises(ValueError, match="many"):
        kind("many")  # type: ignore[operator]
