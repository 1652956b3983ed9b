"""What each key of a data file is for, in a line, as an editor shows it beside the key."""

from __future__ import annotations

_CITE = 'The paragraph that says so: "3.9", "3.6, 3.7", "3.1-3.10", a heading, or a list.'
_NOTE = "Where the document is unclear: what it says, how you read it, the other reading."
_WHEN = "The condition: a line for each thing that must be so, or a list where any one is enough."
_ALSO = "What people call it for short: ICPC, s47. It can be typed in place of the id."
_PART = "The heading under which it and the next steps stand."

SET = {
    "set": "The folder's name.",
    "title": "The document's name, for people.",
    "edition": "Which edition of the document it is.",
    "extends": "The id of the set of which this one says only what differs.",
    "nation": "Whose bank holidays count.",
    "day of the event": "0: the day after the event is day 1 (usual). 1: the day itself is.",
    "walker": "Whose walks they are, where a pathway does not say.",
    "begin with": "The pathway that opens when none is named.",
    "source text": "The file name of the document's text, for `cpcli lint --sources`.",
    "roles": "Everybody who walks a pathway or does something in one.",
    "departure": "How the document lets somebody vary from it.",
    "notes": "Whatever a reader should know about the set.",
    "has no": "Topics of topics.yaml on which the document has nothing.",
    "elsewhere": "Topics on which the rule may be in another document, or in a part that is not walked.",
}
ROLE = {
    "name": "As people say it.",
    "can walk": "Whether somebody in this role can walk a pathway.",
    "takes in": "The roles that are meant by it too, or `everybody`.",
}
LACK = {"topic": "A topic of topics.yaml, or a list of them.", "why": "Why, in a sentence."}
EVENT = {
    "name": "The event as a sentence in the past tense.",
    "also": _ALSO,
    "from outside": "No question asks about it: it is recorded when it happens.",
}
PATHWAY = {
    "pathway": "Its id, which is the file's name too.",
    "title": "Its name, for people.",
    "about": "One sentence for somebody choosing: when to use it.",
    "also": _ALSO,
    "topic": "Which procedure of topics.yaml it is, so that sets can be compared.",
    "cites": "The paragraphs that it rests on.",
    "open to": "The roles that may walk it; everybody, where it is left out.",
    "otherwise": "What somebody is told who may not walk it.",
    "kind": "checklist: it is a list to check against, rather than a procedure.",
    "marking": "What the record must say of who may not see it.",
    "marking cite": _CITE,
    "walker": "Whose walk it is.",
    "note": _NOTE,
    "steps": "What the walk does, in order.",
    "duties": "What somebody must, should or may do.",
    "leads to": "Where the case goes from here.",
}
OTHERWISE = {
    "tell": "What they are told, one action a line.",
    "for": "The roles that it is for; left out, all whom no other line names.",
    "level": "The document's own word.",
    "cite": _CITE,
}
STEP = {
    "ask": "One question, which can be answered now.",
    "tell": "What is told, one action a line.",
    "checklist": "The name of the list.",
    "happened": "The question that dates an event.",
    "use": "A group of shared.yaml, which stands here.",
    "id": "Its short name.",
    "part": _PART,
    "when": _WHEN,
    "why": "Why it is asked, for whoever wants to know.",
    "note": _NOTE,
    "cite": _CITE,
    "answer": "What kind of answer it takes.",
    "options": "What people can say: a short name and the words.",
    "may skip": "It may be left out, with a reason.",
    "decision": "It is the practitioner's decision, and heads the record.",
    "reason for": "The id of the decision that this answer gives the reason for.",
    "person": "Their part in the case: child, parent, service manager.",
    "urgent": "It stands out, and waits until it has been read.",
    "prohibits": "It says what must not be done, and is said again at the end.",
    "marks record": "It says who may not see the record, and heads all that is written of it.",
    "items": "Facts that can be ticked: a short name and the words.",
    "item": "A fact that can be ticked.",
    "needs": "What is enough: all, a list of items, or `2 of [a, b, c]`.",
    "if short": "What to do where there is less than that.",
    "event": "The event of events.yaml that it dates.",
    "may be not yet": '"Not yet" is an answer.',
    "planned": "The date may lie ahead.",
}
DUTY = {
    "id": "Its short name.",
    "also": _ALSO,
    "topic": "Which duty of topics.yaml it is, so that sets can be compared.",
    "do": "What is to be done, beginning with the verb.",
    "by": "The role that does it.",
    "level": "The document's own word; statement where it only says what happens.",
    "limit": "As the document words it: within 2 working days, at least 3 days before, every 6 months.",
    "of": "The event that the limit counts from; `first EVENT` where only the first time counts.",
    "met by": "The event that ends it; left out, it is marked as done.",
    "unless": "Events that make it needless.",
    "when": _WHEN,
    "differs": "Other limits that the same document gives for the same thing.",
    "extends": "Who may agree a later date.",
    "keeps record": "It is about how long the record is kept: whether its limit gives the day.",
    "cite": _CITE,
    "note": _NOTE,
}
READING = {
    "says": "The other limit.",
    "of": "The event that it counts from, where it is another.",
    "cite": _CITE,
    "note": "How the two are told apart.",
}
LEADS = {
    "pathway": "The pathway that follows.",
    "when": _WHEN,
    "because": "Why, as it is said to the person.",
    "carrying": "Steps whose answers go along.",
    "cite": _CITE,
}
VARY = {
    "varies": "The id of what is varied; only the keys that differ stand below.",
    "leaves out": "The id of what is left out.",
    "after": "The id of the step that it stands after.",
    "before": "The id of the step that it stands before.",
    "instead of": "The id of the step that it replaces.",
    "because": "Why, which people are told.",
}
TOPICS = {
    "topics": "The procedures that sets can be compared by.",
    "events": "An agreed name of an event, and what sets call it otherwise.",
    "name": "As people say it.",
    "also": "Other words that people use for it.",
    "duties": "The duties in it: a short name and what is to be done.",
}
