"""How pathways lead to one another."""

from cpcli.output.way_map import Stop, draw


def test_each_pathway_stands_once_under_the_nearest_that_leads_to_it():
    stops = [
        Stop("begin", "Where to begin", ["referral", "decide"]),
        Stop("decide", "Deciding", ["referral"]),
        Stop("meeting", "The meeting", ["begin"]),
        Stop("referral", "The referral", ["meeting"]),
    ]
    assert list(draw(stops, "begin")) == [
        "begin  Where to begin",
        "├─ referral  The referral",
        "│  └─ meeting  The meeting  (also to: begin)",
        "└─ decide  Deciding  (also to: referral)",
    ]


def test_what_nothing_leads_to_begins_a_tree_of_its_own():
    stops = [Stop("begin", "Begin", []), Stop("list", "A list", ["begin"])]
    assert list(draw(stops, "begin")) == ["begin  Begin", "list  A list  (also to: begin)"]
