using System.Data.Common;

namespace Chat.Daemon.Storage;

/// <summary>The one connection that writes, one transaction after the other. For the writer's thread, except the properties.</summary>
internal interface IWriterConnection : IDisposable
{
    /// <summary>For a write that is running.</summary>
    DbConnection Connection { get; }

    /// <summary>Whether <see cref="TryUpkeep"/> is to be called now and then even if nothing is written.</summary>
    bool NeedsUpkeep { get; }

    /// <summary>
    /// Whether a commit whose outcome is unknown may still be under way, so that what readers find may not be final. For any thread.
    /// </summary>
    bool IsUnsettled { get; }

    /// <summary>For a write that is running.</summary>
    /// <returns>The outcomes of the changes among the entries, in their order.</returns>
    /// <exception cref="LogRefusedException">The numbers do not continue the conversation.</exception>
    IReadOnlyList<ChangeOutcome> Append(ConversationId conversation, IReadOnlyList<LogEntry> entries);

    /// <summary>Runs the writes in one transaction and commits it.</summary>
    /// <param name="toDisk">Wait for the disk (fsync) even where messages do not.</param>
    /// <returns>The stage reached, and what stopped it there. No transaction is open in any case.</returns>
    (WriteStage Stage, Exception? Failure) Commit(IEnumerable<Action<IWriterConnection>> writes, bool toDisk);

    /// <summary>What is due between two transactions.</summary>
    /// <param name="lost">Why the database cannot be used now; null if nothing is known against it.</param>
    /// <returns>Whether the database has just shown that it works.</returns>
    bool TryUpkeep(out Exception? lost);

    /// <summary>Notes that texts were removed: nothing may keep them for longer than the protocol promises.</summary>
    void RemovesTexts();

    /// <summary>Leaves nothing of what was erased outside the tables, as far as the daemon can. Call outside a transaction.</summary>
    /// <returns>False if a reader needs it.</returns>
    bool TryEmptyLog();

    /// <summary>Whether a failure while writing is the storage's; else it is the mistake of the write.</summary>
    bool IsToBlame(Exception failure);
}
