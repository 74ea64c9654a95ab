"""Statistics: counts kept by hour and day, so that a page about ten million messages opens at once; and the questions asked of them."""
