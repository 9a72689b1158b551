namespace Chat.Daemon.Accounts;

/// <summary>An account that is gone, and whose traces are being erased.</summary>
/// <param name="Texts">Erase the texts of its messages too, not only the name.</param>
/// <param name="LastMessage">The id of the last message that may be the account's, if its identity is unknown.</param>
internal sealed record Erasure(AccountKey Account, bool Texts, long LastMessage)
{
    /// <summary>Whether the rows are erased, and only the end is missing.</summary>
    public bool IsNameForgotten => Account.Name.Length == 0;

    public string Placeholder => ErasedName.Of(Account.Number);

    /// <summary>The values of the parameters that <see cref="AccountTable.Erased"/> may use.</summary>
    public IEnumerable<(string Name, object? Value)> Parameters =>
    [
        .. Account.Parameters, ("$placeholder", Placeholder), ("$texts", Texts), ("$last_message", LastMessage),
    ];
}
