"""Numbers of the account: the cards, each number, ordering another."""
