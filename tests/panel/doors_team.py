"""Access to the settings of persons and of the company."""

from panel.doors import Door

APPEARANCE = {"theme": "dark", "density": "compact", "language": "", "time_zone": ""}

DOORS = {
    "settings": Door(),
    "settings-appearance": Door(method="post", data=APPEARANCE),
}
