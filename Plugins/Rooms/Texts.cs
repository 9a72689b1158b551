namespace Chat.Plugins.Rooms;

/// <summary>The answers of these commands, in the caller's language.</summary>
internal static class Texts
{
    public static string Joined(CommandContext to, Room room) => In(to, $"Você está na sala {room}.", $"You are in the room {room}.");

    public static string Left(CommandContext to, Room room) => In(to, $"Você saiu da sala {room}.", $"You left the room {room}.");

    public static CommandResult NotInRoom(CommandContext to) =>
        CommandResult.Refuse("not_in_room", In(to, "Você não está em nenhuma sala. Diga qual.", "You are not in a room. Name one."));

    public static string Members(CommandContext to, Room room, int count, IEnumerable<string> shown) => count == 0
        ? In(to, $"Ninguém está na sala {room}.", $"Nobody is in the room {room}.")
        : In(to, $"Na sala {room} ({count}): {string.Join(", ", shown)}", $"In the room {room} ({count}): {string.Join(", ", shown)}");

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
        In(
            to,
            $"Sala privada {room} criada. Convide alguém com /convidar.",
            $"Created the private room {room}. Invite others with /invite.");

    public static string Invited(CommandContext to, Room room, User user) =>
        In(to, $"{user} já pode entrar na sala {room}.", $"{user} can now join the room {room}.");

    public static string Deleted(CommandContext to, Room room) => In(to, $"A sala {room} foi apagada.", $"Deleted the room {room}.");

    public static string Retention(CommandContext to, Room room, Retention retention) =>
        In(to, $"A sala {room} guarda {Kept(to, retention)}.", $"The room {room} keeps {Kept(to, retention)}.")
        + (retention.HasOwnDays || retention.HasOwnMessages ? "" : In(to, " É o padrão do servidor.", " This is the daemon's default."));

    public static string Sent(CommandContext to, User user) => In(to, $"Mensagem enviada a {user}.", $"Message sent to {user}.");

    public static CommandResult NoConversation(CommandContext to) =>
        CommandResult.Refuse(
            "bad_arguments",
            In(to, "Use este comando na conversa em que está a mensagem.", "Use this command in the conversation that has the message."));

    public static string Edited(CommandContext to, long message) =>
        In(to, $"Mensagem {message} editada.", $"Edited message {message}.");

    public static string MessageDeleted(CommandContext to, long message) =>
        In(to, $"Mensagem {message} apagada.", $"Deleted message {message}.");

    public static string Reacted(CommandContext to, long message, string emoji, bool isRemoved) => isRemoved
        ? In(to, $"Reação {emoji} à mensagem {message} retirada.", $"Took {emoji} back from message {message}.")
        : In(to, $"Você reagiu com {emoji} à mensagem {message}.", $"Reacted to message {message} with {emoji}.");

    public static string Read(CommandContext to, long message) => message == 0
        ? In(to, "Nada lido ainda.", "Nothing is read yet.")
        : In(to, $"Mensagens lidas até {message}.", $"Read up to message {message}.");

    private static string Kept(CommandContext to, Retention retention) => retention switch
    {
        { Days: 0, Messages: 0 } => In(to, "todas as mensagens", "all messages"),
        { Days: 0 } => In(to, $"as últimas {retention.Messages} mensagens", $"the newest {retention.Messages} messages"),
        { Messages: 0 } => In(to, $"as mensagens dos últimos {retention.Days} dias", $"the messages of the last {retention.Days} days"),
        _ => In(
            to,
            $"as mensagens dos últimos {retention.Days} dias, no máximo {retention.Messages}",
            $"the messages of the last {retention.Days} days, at most {retention.Messages}"),
    };

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
