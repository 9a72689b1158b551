namespace Chat.Plugins.Webhooks.Incoming;

/// <summary>An address at which a program writes into a room.</summary>
/// <param name="Name">Shown with each text that names no other.</param>
internal sealed record IncomingHook(string Id, Room Room, string Name);
