namespace Chat.Daemon.Storage.Retention;

/// <summary>Which messages of a conversation are kept: those that both limits allow.</summary>
/// <param name="Days">0 = forever.</param>
/// <param name="Messages">The newest ones; 0 = all.</param>
internal readonly record struct RetentionRule(int Days, int Messages)
{
    /// <summary>Unix time in milliseconds: messages from before are not kept.</summary>
    public long SinceMs(DateTimeOffset now) => Days == 0 ? long.MinValue : now.AddDays(-Days).ToUnixTimeMilliseconds();
}
