namespace Chat.Daemon.Storage.Sqlite;

/// <summary>How far a transaction came.</summary>
internal enum WriteStage
{
    Beginning,
    Writing,
    Committing,
    Committed,
}
