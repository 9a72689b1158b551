

namespace Chat.Daemon.Commands;

internal enum ArgumentProblem
{
    Missing, MissingValue, Surplus, UnknownOption, Repeated, UnclosedQuote, TextAfterQuote, ForbiddenCharacter,
    WrongType, NoSuchUser, NoSuchRoom, NotAChoice, OutOfRange, TooShort, TooLong, NotOutranked, ConverterFailed, ConverterBusy,
}
