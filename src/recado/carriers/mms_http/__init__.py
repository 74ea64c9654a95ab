"""MMS from aggregators as JSON over HTTP. What belongs here: the settings, and what a document says. What does not: HTTP itself."""
