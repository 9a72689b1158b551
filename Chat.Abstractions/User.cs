namespace Chat;

/// <summary>A snapshot of a user. It does not change.</summary>
/// <param name="Id">Opaque. Identifies an account, or one session of a guest: a later guest with the same name has another id.</param>
/// <param name="Name">As the user typed it.</param>
public sealed record User(string Id, string Name, Role Role)
{
    /// <summary>The name, for use in texts.</summary>
    public override string ToString() => Name;
}
