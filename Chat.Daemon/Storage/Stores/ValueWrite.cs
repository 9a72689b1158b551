namespace Chat.Daemon.Storage.Stores;

/// <summary>The outcome of writing a plugin's value.</summary>
internal abstract record ValueWrite
{
    private ValueWrite()
    {
    }

    public sealed record Done(long Version) : ValueWrite;

    /// <summary>The stored value has another version.</summary>
    public sealed record Conflict : ValueWrite;

    /// <summary>The write would exceed the plugin's quota.</summary>
    public sealed record Full : ValueWrite;

    /// <summary>The database cannot hold the value.</summary>
    public sealed record BadValue : ValueWrite;

    /// <summary>The room that the value should belong to was deleted.</summary>
    public sealed record NoRoom : ValueWrite;
}
