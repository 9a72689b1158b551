namespace Chat.Testing;

/// <summary>A message as a user saw it. Two are equal if all but their numbers and mentions are.</summary>
/// <param name="Room">Null for a direct message.</param>
/// <param name="Via">The command that posted it for the sender, or null.</param>
public sealed record SeenMessage(string From, string Text, string? Room, string? Via)
{
    /// <summary>Names it in <see cref="TestUser.Edits"/>, <see cref="TestUser.Reacts"/> and the like.</summary>
    public long Number { get; init; }

    /// <summary>The number of the message that it answers, or null.</summary>
    public long? RepliesTo { get; init; }

    /// <summary>The accounts that it mentions.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    public bool Equals(SeenMessage? other) =>
        other is not null && (From, Text, Room, Via) == (other.From, other.Text, other.Room, other.Via);

    public override int GetHashCode() => HashCode.Combine(From, Text, Room, Via);
}
