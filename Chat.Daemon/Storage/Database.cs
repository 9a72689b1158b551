using Chat.Daemon.Storage.Log;

namespace Chat.Daemon.Storage;

/// <summary>Where everything durable is: one writer, a few readers.</summary>
internal abstract class Database : IAsyncDisposable
{
    /// <summary>Names it for the operator, without what is secret.</summary>
    public abstract string Place { get; }

    public abstract DatabaseWriter Writer { get; }

    public abstract DatabaseReaders Readers { get; }

    public abstract LogNames LogNames { get; }

    public abstract DamageReports Damage { get; }

    /// <summary>What to tell the operator of a failure of the database; null for any other failure.</summary>
    public abstract StorageUnusableException? Explain(Exception failure);

    /// <summary>Call now and then where many rows are deleted: what would make a later commit wait is done here. Blocks.</summary>
    public abstract void Checkpoint();

    /// <summary>Commits everything queued, and waits for the readers.</summary>
    public abstract ValueTask DisposeAsync();
}
