using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>A stored identity with a role, as read at one moment.</summary>
/// <param name="Password">The hash, in the PHC string format.</param>
/// <param name="Plugin">The plugin that it belongs to: then nobody logs in to it. Null otherwise.</param>
internal sealed record Account(long Id, UserName Name, Role Role, string Password, string? Plugin);
