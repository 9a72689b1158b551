using System.Data.Common;

namespace Chat.Daemon.Storage.Migration;

/// <summary>The database to copy. No daemon uses it until disposal.</summary>
internal interface IMigrationSource : IDisposable
{
    /// <inheritdoc cref="Database.Place"/>
    string Place { get; }

    /// <summary>Only to read.</summary>
    DbConnection Connection { get; }

    /// <summary>What the names of its logs are made of; null if its next start makes new ones.</summary>
    byte[]? Epoch { get; }

    /// <summary>Another for any other database, and after anything was written to this one.</summary>
    string Fingerprint { get; }

    /// <summary>Makes the next start of a daemon there give new names to all logs: from now on, the copy continues them.</summary>
    void ForgetEpoch();

    /// <inheritdoc cref="Database.Explain"/>
    StorageUnusableException? Explain(Exception failure);
}
