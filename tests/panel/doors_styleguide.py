"""The page of the design system is for everybody who is signed in."""

from panel.doors import Door

DOORS = {"styleguide": Door()}
