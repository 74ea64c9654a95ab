"""Everything that leaves: outgoing messages, forwards, jobs and their attempts."""
