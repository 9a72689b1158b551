namespace Chat;

/// <summary>What to look for, and where.</summary>
/// <param name="Text">1 to 10 words. <c>*</c> right after a word finds what begins with it.</param>
public sealed record MessageQuery(string Text)
{
    /// <summary>A room that the caller is in. Null: everywhere.</summary>
    public Room? Room { get; init; }

    /// <summary>Only messages that carry this user name.</summary>
    public string? From { get; init; }

    /// <summary>The <see cref="FoundMessages.Before"/> of the last page, with everything else as it was. Null: the first page.</summary>
    public string? Before { get; init; }

    /// <summary>The most messages, 1 to 100.</summary>
    public int Limit { get; init; } = 20;
}
