namespace Chat.Generators.Declared;

/// <summary>All but the last two are members of <c>ParameterType</c>.</summary>
internal enum TypeForm
{
    Text,
    Integer,
    LongInteger,
    Number,
    Boolean,
    Duration,
    User,
    Room,
    Choice,
    Parsable,
}

/// <param name="Name">As code names it from anywhere.</param>
/// <param name="Word">What callers read.</param>
/// <param name="Choices">Of an enum.</param>
internal sealed record DeclaredType(TypeForm Form, string Name, string Word, Sequence<DeclaredChoice> Choices)
{
    /// <summary>Numbers and durations that the daemon compares with a least and a most.</summary>
    public bool HasRange => Form is TypeForm.Integer or TypeForm.LongInteger or TypeForm.Number or TypeForm.Duration;

    /// <summary>Looked up by the daemon.</summary>
    public bool IsEntity => Form is TypeForm.User or TypeForm.Room;
}

/// <param name="Member">As code names it.</param>
internal sealed record DeclaredChoice(DeclaredName Name, string Member);
