"""Autoresponders: texts that answer by themselves beside what keywords do, and where the loop and money breaker stopped answers."""
