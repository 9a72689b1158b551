namespace CrashChecker.Clients;

/// <summary>Who a client is and what it does.</summary>
/// <param name="Session">Its label; unique.</param>
/// <param name="Password">Null for a guest.</param>
/// <param name="Partners">Accounts, or guests that stay, to write to directly.</param>
internal sealed record ChatterPlan(
    string Session, string User, string? Password, IReadOnlyList<string> Rooms, IReadOnlyList<string> Partners)
{
    /// <summary>False for one that only reads.</summary>
    public bool Writes { get; init; } = true;

    /// <summary>Messages sent in one write.</summary>
    public int Burst { get; init; } = 8;

    /// <summary>The longest pause between two actions.</summary>
    public int PauseMilliseconds { get; init; } = 40;

    /// <summary>Long texts fill the write-ahead log sooner.</summary>
    public double LongTexts { get; init; } = 0.01;

    public int Seed { get; init; }
}
