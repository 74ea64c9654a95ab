"""Operations and shapes of the API, written by a tool; see `tools/client.py`."""
