using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>A conversation as a user writes it: <c>room</c>, <c>#room</c> or <c>@user</c>.</summary>
internal static class ConversationName
{
    public static Conversation Parse(string name) =>
        name.StartsWith('@') ? Conversation.With(name[1..]) : Conversation.Room(name.TrimStart('#'));

    public static bool IsValid(string name) =>
        name.StartsWith('@') ? UserName.TryParse(name[1..], out _) : RoomName.TryParse(name.TrimStart('#'), out _);
}
