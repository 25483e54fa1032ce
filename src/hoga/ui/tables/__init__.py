"""What every table of the window shares: columns, rows by key, one view, one pane around it."""
