"""Whatever a reader is given, it reads it or says what is wrong: no traceback, no hang, nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings

from hostile.harness import feed
from hostile.inputs import drawn
from hostile.readers import READERS

EXAMPLES = 150
"""Inputs for each reader; `python -m tests.long` tries far more."""


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_nothing_from_outside_breaks_a_reader(reader):
    @settings(
        max_examples=max(EXAMPLES // reader.cost, 5),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn(reader.inputs))
    def each(value):
        feed(reader, value)

    each()
