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

/// <param name="Name">The fully qualified name.</param>
/// <param name="Word">The name in help.</param>
/// <param name="Choices">The names of an enum's members.</param>
internal sealed record DeclaredType(TypeForm Form, string Name, string Word, EquatableArray<DeclaredChoice> Choices)
{
    /// <summary>Whether the daemon checks a minimum and a maximum.</summary>
    public bool HasRange => Form is TypeForm.Integer or TypeForm.LongInteger or TypeForm.Number or TypeForm.Duration;

    /// <summary>Whether the daemon looks the value up.</summary>
    public bool IsEntity => Form is TypeForm.User or TypeForm.Room;
}

/// <param name="Member">The fully qualified name of the enum member.</param>
internal sealed record DeclaredChoice(DeclaredName Name, string Member);
