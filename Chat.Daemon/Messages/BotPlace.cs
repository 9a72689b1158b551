namespace Chat.Daemon.Messages;

/// <summary>Where a bot writes: a room, or the direct conversation with a user. The id counts, not the name alone.</summary>
internal readonly record struct BotPlace(Room? Room, User? With);
