namespace Chat.Daemon.Accounts;

/// <param name="Where">Of these rows. Rows that were changed already are not among them.</param>
/// <param name="Set">The new values, in SQL; null to delete the rows.</param>
internal sealed record RowChange(string Where, string? Set = null);
