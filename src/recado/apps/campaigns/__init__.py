"""Campaigns (group sends): one text to many, its recipients, its progress and its report."""
