"""What is told on standard error."""

from cpcli.output.tell import tell


def test_of_what_was_pasted_by_mistake_the_middle_is_left_out(capsys):
    tell(f"There is no case {'9' * 100_000}. Look: cpcli case list")
    told = capsys.readouterr().err
    assert len(told) < 1010
    assert told.startswith("There is no case 999")
    assert " … " in told
    assert told.endswith("999. Look: cpcli case list\n")


def test_a_line_of_the_usual_length_is_told_whole(capsys):
    tell("x" * 1000)
    assert capsys.readouterr().err == "x" * 1000 + "\n"
