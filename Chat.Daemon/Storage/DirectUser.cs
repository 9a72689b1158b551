using Chat.Protocol;

namespace Chat.Daemon.Storage;

/// <summary>One of the two users of a direct conversation.</summary>
/// <param name="Identity">"a" and the account's id, or "g" and the id of a guest's session.</param>
internal sealed record DirectUser(string Identity, UserName Name);
