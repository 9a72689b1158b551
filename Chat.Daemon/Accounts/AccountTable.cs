namespace Chat.Daemon.Accounts;

/// <summary>
/// What a table keeps about an account. The texts are SQL, and may use <c>$account</c> (its number), <c>$identity</c>, <c>$name</c>,
/// <c>$name_key</c> and <c>$created</c>; those of an erasure also <c>$placeholder</c>, <c>$texts</c> and <c>$last_message</c>.
/// </summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">All its columns, so that none is added without asking whether it is about a user.</param>
internal sealed record AccountTable(string Name, params string[] Columns)
{
    /// <summary>The order in which rows are read, a slice at a time.</summary>
    public string Key { get; init; } = Columns.Contains("id") ? "id" : "rowid";

    /// <summary>Comes before every key.</summary>
    public object First { get; init; } = long.MinValue;

    /// <summary>The parameter for a list of keys, as JSON.</summary>
    public string Keys => First is string ? "$names" : "$ids";

    /// <summary>Limits what is read to find the rows, if an index leads to them.</summary>
    public string Among { get; init; } = "true";

    /// <summary>The rows that are about the account.</summary>
    public string Where { get; init; } = "false";

    /// <summary>
    /// The columns of an export, without what is secret. Null if the table is not exported. The end of a name tells what it is:
    /// <c>@</c> a time in Unix milliseconds, <c>?</c> a flag, <c>{}</c> JSON.
    /// </summary>
    public string? Exported { get; init; }

    /// <summary>How an erasure changes which rows, one change after the other.</summary>
    public IReadOnlyList<RowChange> Erased { get; init; } = [];
}
