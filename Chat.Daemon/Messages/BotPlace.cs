namespace Chat.Daemon.Messages;

/// <summary>Where a bot writes: a room, or the direct conversation with a user.</summary>
internal readonly record struct BotPlace(string? Room, string? With);
