
namespace Chat.Daemon.Commands;

internal enum ArgumentProblem
{
    Missing, MissingValue, Surplus, UnknownOption, Repeated, UnclosedQuote, ForbiddenCharacter,
    WrongType, NoSuchUser, NoSuchRoom, NotAChoice, OutOfRange, TooShort, TooLong, NotOutranked, ConverterFailed,
}

/// <summary>Why arguments cannot be taken, and what could stand there instead.</summary>
/// <param name="Span">What it concerns; null for arguments that came by name in a frame.</param>
/// <param name="Given">As the caller wrote it; untrusted.</param>
/// <param name="Fault">What a plugin's converter threw, for the log.</param>
internal sealed record ArgumentError(ArgumentProblem Problem, LineSpan? Span, ParameterDescriptor? Parameter = null, string Given = "", Exception? Fault = null)
{
    public IReadOnlyList<LocalizedName> Expected { get; init; } = [];
}
