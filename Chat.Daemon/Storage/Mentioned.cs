namespace Chat.Daemon.Storage;

/// <summary>The accounts that a text mentions.</summary>
/// <param name="Accounts">Their numbers, each once.</param>
internal sealed record Mentioned(string Names, IReadOnlyList<long> Accounts)
{
    /// <param name="accounts">At least one.</param>
    public static Mentioned Of(IReadOnlyList<(long Account, string Name)> accounts) =>
        new(string.Join(' ', accounts.Select(of => of.Name)), [.. accounts.Select(of => of.Account)]);
}
