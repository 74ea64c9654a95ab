"""Sans-IO protocols: bytes become events and events become bytes, nothing else happens.

Here belong codecs and protocol state machines, each in a package of its own, on the standard library alone.
Not here: sockets, clocks, chance, and words of the product such as account or keyword.
"""
