namespace Chat;

/// <summary>A user as it was when it was looked up; never changes under its holder.</summary>
/// <param name="Id">Opaque. Names one account, or one guest's session: a later guest of the same name has another.</param>
/// <param name="Name">As its bearer writes it.</param>
public sealed record User(string Id, string Name, Role Role)
{
    /// <summary>The name alone, so that it can stand in a text.</summary>
    public override string ToString() => Name;
}
