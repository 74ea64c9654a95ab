"""How the whole installation is: its health, its figures, the machine and settings it runs with. No models of its own."""
