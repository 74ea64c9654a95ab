"""Access to the Operator Console."""

from panel.doors import OperatorDoor

DOORS = {
    "operator": OperatorDoor(),
}
