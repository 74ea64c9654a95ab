"""What became of replies is said in words."""

from recado.core.webhook_reply import MOST_SEGMENTS, ReplyFate
from recado.panel.reply_words import FATES, reply_in_words


def test_every_fate_has_a_phrase_and_no_reply_has_none():
    assert set(FATES) == set(ReplyFate)
    assert (reply_in_words(""), reply_in_words("unheard_of")) == ("", "unheard_of")


def test_the_longest_reply_is_told_as_it_is():
    assert MOST_SEGMENTS == 10
    assert "ten SMS" in reply_in_words(ReplyFate.TOO_LONG)
