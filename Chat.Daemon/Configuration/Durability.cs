namespace Chat.Daemon.Configuration;

internal enum Durability
{
    /// <summary>On disk (fsync) before the echo: survives power loss.</summary>
    Full,

    /// <summary>Survives a crash of the process, not of the machine.</summary>
    Normal,

    /// <summary>In memory only.</summary>
    None,
}
