"""Who claimed a job: one life of the worker of one node.

A number of the life, drawn by chance, with the node in its last three bits; so what a worker claimed before it was killed is recognised as
left behind when its node starts again, and what another life claimed is never mistaken for one's own.
"""

NODES = 8
LIVES = 1 << 50
OF_EARLIER_LIFE = f"claimed_by % {NODES} = ? AND claimed_by <> ?"
"""A condition on a job with the parameters of `earlier_lives`."""


def claimer(node: int, life: int) -> int:
    """Name a life of a node's worker."""
    return life % LIVES * NODES + node


def earlier_lives(me: int) -> tuple[int, int]:
    """Return the parameters of `OF_EARLIER_LIFE`."""
    return me % NODES, me
