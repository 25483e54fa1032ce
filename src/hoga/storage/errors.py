"""What can go wrong with the desk's own files."""

from __future__ import annotations

from hoga.base.message import Message


class StorageError(Exception):
    """The desk's data could not be used; ``message`` says what and why.

    StorageError
        FolderLocked     another desk works on this folder
        Unwritable       the disk is full, gone or read-only: nothing of the write is in the file
        Conflict         it would break a rule of the file (a ticket consumed twice): nothing of the write is in it
        NewerSchema      written by a newer hoga
        Damaged          not a database, or torn
    """

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class FolderLocked(StorageError):
    pass


class Unwritable(StorageError):
    pass


class Conflict(StorageError):
    pass


class NewerSchema(StorageError):
    pass


class Damaged(StorageError):
    pass
