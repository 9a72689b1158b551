namespace Chat.Daemon.Configuration;

/// <summary>When a change of a setting takes effect.</summary>
internal enum TakesEffect
{
    AtOnce,
    AtStart,
}
