namespace CrashChecker.Kills;

/// <summary>When the daemon is killed.</summary>
internal enum KillMoment
{
    /// <summary>Some time into the work.</summary>
    UnderLoad,

    /// <summary>At the arrival of an echo.</summary>
    AtAnEcho,

    /// <summary>Some time into a start, often before it listens.</summary>
    InRecovery,

    /// <summary>As the first plugin has started, and the next one starts.</summary>
    InPluginStart,

    /// <summary>After <c>/encerrar</c>.</summary>
    InShutdown,

    /// <summary>After SIGTERM.</summary>
    InTermination,

    /// <summary>While it copies its database for <c>chatd backup</c>.</summary>
    InBackup,

    /// <summary>While the beginning of a room is removed.</summary>
    InRetention,

    /// <summary>While a room is deleted.</summary>
    InRoomDeletion,

    /// <summary>While another version of a plugin takes over.</summary>
    InSwap,

    /// <summary>Right after the other version has taken over, while the old one is unloaded.</summary>
    AfterSwap,
}
