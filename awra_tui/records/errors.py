"""Errors that people read: each is one sentence that says what happened and what to do."""


class AwraError(Exception):
    """Something the person must know; ``str()`` is the sentence. The command line exits with 2."""


class PendingError(AwraError):
    """What is asked cannot be done until QuickBooks answered; that passes by itself."""


class SupersededError(AwraError):
    """A decision cannot be taken back any more: something else was decided, or sent, since."""


class ConfigError(AwraError):
    """The profile cannot be used: the sentence has file, line and what is allowed."""


class CacheError(AwraError):
    """The cache cannot be opened, written or is of another program version or profile."""


class ReadOnlyError(CacheError):
    """The cache may only be read: nothing can be recorded, so nothing can be sent."""


class SecretError(AwraError):
    """The place for secrets cannot be used."""


class SourceError(AwraError):
    """The source cannot be read at all."""


class UnknownRecordError(AwraError):
    """No record, or more than one, answers to a name; the sentence lists the candidates."""
