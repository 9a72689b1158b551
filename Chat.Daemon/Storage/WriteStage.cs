namespace Chat.Daemon.Storage;

/// <summary>How far a transaction came.</summary>
internal enum WriteStage
{
    Beginning,
    Writing,
    Committing,
    Committed,
}
