namespace Chat;

/// <summary>A snapshot of a room. It does not change.</summary>
/// <param name="Id">Opaque. Stays the same if the room is renamed.</param>
/// <param name="Name">As its creator typed it.</param>
/// <param name="IsPrivate">Listed only for its members; joining needs an invitation.</param>
public sealed record Room(string Id, string Name, bool IsPrivate = false)
{
    /// <summary>The name, for use in texts.</summary>
    public override string ToString() => Name;
}
