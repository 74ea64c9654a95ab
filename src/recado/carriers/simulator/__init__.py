"""The phone simulator as a carrier: texts typed in the panel come in here, replies to them go out here.

Here belong its descriptor and adapter. Not here: its page (panel) and its queue (gateway).
"""
