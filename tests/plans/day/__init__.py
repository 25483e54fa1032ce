"""A day of plans: thirty holdings at two brokers brought to their targets, in good weather and in bad."""
