"""cpcli walks a practitioner through a child-protection procedure and says what is due, and when."""

__version__ = "0.1.0"
