"""Tests of the connections dialog."""
