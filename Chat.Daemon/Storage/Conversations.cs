using Chat.Protocol;

namespace Chat.Daemon.Storage;

/// <param name="Creator">The identity that created it.</param>
internal sealed record StoredRoom(
    ConversationId Id, string Key, string Name, long CreatedAtMs, string Creator, string? Topic, string? Owner, bool? Private);

/// <summary>One of the two of a direct conversation.</summary>
/// <param name="Identity">"a" and the account's number, or "g" and a guest's session.</param>
internal sealed record Participant(string Identity, UserName Name);

/// <summary>A direct conversation as one of the two sees it.</summary>
/// <param name="OtherName">As it was when the conversation began.</param>
internal sealed record StoredDirect(ConversationId Id, string OtherIdentity, string OtherName);

/// <param name="Last">The number of its newest message.</param>
internal sealed record WrittenDirect(StoredDirect Direct, long Last);
