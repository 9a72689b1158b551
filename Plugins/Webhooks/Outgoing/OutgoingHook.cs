namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>An address that gets a room's events.</summary>
/// <param name="Url">May contain a secret of the receiver: only its host is shown.</param>
/// <param name="Secret">Signs what is sent.</param>
internal sealed record OutgoingHook(string Id, Room Room, Uri Url, IReadOnlyList<HookEvent> Events, string Secret);
