namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>How a try to deliver went.</summary>
/// <param name="Reason">Null if it is delivered.</param>
/// <param name="IsFinal">Trying again would not help.</param>
/// <param name="Wait">For how long the receiver wants to be left alone.</param>
internal sealed record Outcome(string? Reason, bool IsFinal, TimeSpan? Wait = null)
{
    public static readonly Outcome Delivered = new(null, true);

    public static Outcome Later(string reason, TimeSpan? wait = null) => new(reason, false, wait);

    public static Outcome Never(string reason) => new(reason, true);
}
