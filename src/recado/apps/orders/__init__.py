"""Orders: a customer wants a number of its own, the operator gives it one."""
