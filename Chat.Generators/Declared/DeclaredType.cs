namespace Chat.Generators.Declared;

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
