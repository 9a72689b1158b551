namespace Chat.Plugins.Rooms;

/// <summary>What these commands answer, to each caller in its language.</summary>
internal static class Texts
{
    public static string Joined(CommandContext to, Room room) => In(to, $"Você está na sala {room}.", $"You are in the room {room}.");

    public static string Left(CommandContext to, Room room) => In(to, $"Você saiu da sala {room}.", $"You left the room {room}.");

    public static CommandResult NotInRoom(CommandContext to) => CommandResult.Refuse("not_in_room", In(to, "Você não está numa sala: diga qual.", "You are not in a room: say which one."));

    public static string Members(CommandContext to, Room room, int count, IEnumerable<string> shown) => count == 0
        ? In(to, $"Ninguém está na sala {room}.", $"Nobody is in the room {room}.")
        : In(to, $"Na sala {room} ({count}): {string.Join(", ", shown)}", $"In the room {room} ({count}): {string.Join(", ", shown)}");

    /// <summary>What is shown of so many, and that there is more.</summary>
    public static IEnumerable<string> Cut(CommandContext to, IReadOnlyList<string> shown, int count)
    {
        var left = count - shown.Count;
        return left == 0 ? shown : shown.Append(In(to, $"… e mais {left}, que não cabem aqui.", $"… and {left} more, for which there is no room here."));
    }

    public static string NoRooms(CommandContext to) => In(to, "Não há salas.", "There are no rooms.");

    public static string Room(CommandContext to, RoomSummary room)
    {
        var mark = room.Room.IsPrivate ? In(to, ", privada", ", private") : "";
        return $"{room.Room} ({room.Members}{mark}){(room.Topic.Length == 0 ? "" : $" — {room.Topic}")}";
    }

    public static string Topic(CommandContext to, Room room, string topic) => topic.Length == 0
        ? In(to, $"A sala {room} não tem tópico.", $"The room {room} has no topic.")
        : In(to, $"Tópico da sala {room}: {topic}", $"Topic of the room {room}: {topic}");

    public static string TopicSet(CommandContext to, Room room, string topic) =>
        In(to, $"O tópico da sala {room} agora é: {topic}", $"The topic of the room {room} is now: {topic}");

    public static string PrivateCreated(CommandContext to, Room room) =>
        In(to, $"A sala privada {room} é sua. Convide com /convidar.", $"The private room {room} is yours. Invite others with /invite.");

    public static string Invited(CommandContext to, Room room, User user) => In(to, $"{user} pode entrar na sala {room}.", $"{user} may join the room {room}.");

    public static string Sent(CommandContext to, User user) => In(to, $"Mensagem enviada a {user}.", $"Message sent to {user}.");

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
