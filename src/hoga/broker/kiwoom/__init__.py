"""The Kiwoom dialect: its wire names live here and nowhere else in the desk."""
