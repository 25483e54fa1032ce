"""Practice's door for clients of the KIS Open API."""
