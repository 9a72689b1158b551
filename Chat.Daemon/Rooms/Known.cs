namespace Chat.Daemon.Rooms;

/// <summary>What a joining client already has: everything up to these numbers, or nothing.</summary>
internal readonly record struct Known(long? After, long? Rev);
