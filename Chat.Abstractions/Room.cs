namespace Chat;

/// <summary>A room as it was when it was looked up; never changes under its holder.</summary>
/// <param name="Id">Opaque; outlives a change of the name.</param>
/// <param name="Name">As whoever created the room wrote it.</param>
/// <param name="IsPrivate">Listed to its members only, joined by invitation only.</param>
public sealed record Room(string Id, string Name, bool IsPrivate = false)
{
    /// <summary>The name alone, so that it can stand in a text.</summary>
    public override string ToString() => Name;
}
