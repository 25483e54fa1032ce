"""Plans: target weights become a plan that people read before it runs. All of it pure: no clock, no network."""
