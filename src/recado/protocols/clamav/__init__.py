"""The protocol of clamd, ClamAV's daemon: what it is asked, and reading what it answers.

Commands in their `z` form, ended by a zero octet (clamd(8)). What belongs here: octets and their meaning. What does not: sockets
(`apps.media.clamd`), what becomes of a file (`apps.media.scanning`).
"""

from recado.protocols.clamav.answers import Answer, Verdict, read_answer, text_of
from recado.protocols.clamav.requests import CHUNK, END, INSTREAM, PING, VERSION, chunk

__all__ = ["CHUNK", "END", "INSTREAM", "PING", "VERSION", "Answer", "Verdict", "chunk", "read_answer", "text_of"]
