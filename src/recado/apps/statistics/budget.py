"""How much is counted in one go. What belongs here: this. What does not: anything that is counted."""


class Budget:
    """So many portions may be counted, each of so many rows."""

    def __init__(self, portions: int, size: int) -> None:
        self.left, self.size = portions, size
        self.is_spent = False

    def take(self) -> bool:
        """Take one portion; False where none is left."""
        if self.left <= 0:
            self.is_spent = True
            return False
        self.left -= 1
        return True
