"""Every reader of what comes from outside, with the inputs that it is tried with."""

from hostile import reading_files, reading_stores, reading_texts

READERS = (*reading_texts.READERS, *reading_files.READERS, *reading_stores.READERS)
