using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage;

/// <summary>What waits to be written, and whoever waits for it.</summary>
internal abstract class PendingWrite
{
    public abstract int Rows { get; }

    public abstract long Bytes { get; }

    /// <summary>Runs within a transaction; a second time if that one was rolled back because of another write.</summary>
    public abstract void Run(WriterConnection connection);

    /// <summary>It is committed.</summary>
    public abstract void Complete();

    /// <summary>It is surely not in the database.</summary>
    public abstract void Refuse(Exception reason);

    /// <summary>The commit failed: it may be in the database.</summary>
    public abstract void Doubt(Exception reason);

    protected static LogOutcomeUnknownException OutcomeUnknown(Exception reason) => new("The commit failed.", reason);
}

internal sealed class PendingAppend(ConversationId conversation, IReadOnlyList<LoggedMessage> messages) : PendingWrite
{
    /// <summary>The fields of a row besides its texts, and its share of the indexes; roughly.</summary>
    private const int RowOverhead = 100;

    private readonly TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Written => written.Task;

    public override int Rows => messages.Count;

    public override long Bytes { get; } = messages.Sum(message => RowOverhead + (2L * message.Text.Length));

    public override void Run(WriterConnection connection) => connection.Append(conversation, messages);

    public override void Complete() => written.SetResult();

    public override void Refuse(Exception reason) =>
        written.SetException(reason as LogRefusedException ?? new LogRefusedException("The message log could not be written.", reason));

    public override void Doubt(Exception reason) => written.SetException(OutcomeUnknown(reason));
}

internal sealed class PendingChange<T>(Func<SqliteConnection, T> change) : PendingWrite
{
    private readonly TaskCompletionSource<T> written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Written => written.Task;

    public override int Rows => 1;

    public override long Bytes => 0;

    public override void Run(WriterConnection connection) => result = change(connection.Connection);

    public override void Complete() => written.SetResult(result!);

    public override void Refuse(Exception reason) => written.SetException(reason);

    public override void Doubt(Exception reason) => written.SetException(OutcomeUnknown(reason));
}
