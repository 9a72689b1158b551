using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>A conversation's name on the wire.</summary>
internal abstract record Address
{
    public abstract DaemonFrame.Message Frame(LoggedMessage message);

    protected static DaemonFrame.Message Frame(LoggedMessage m, string? room, string? to) => new(
        m.Seq, m.From, m.Erased ? "" : m.Text, DateTimeOffset.FromUnixTimeMilliseconds(m.AtMs), room, to, m.Via, m.Erased ? true : null);
}

internal sealed record RoomAddress(string Room) : Address
{
    public override DaemonFrame.Message Frame(LoggedMessage message) => Frame(message, Room, null);
}

/// <summary>The two users of a direct conversation. The one who did not send a message is its <c>to</c>.</summary>
internal sealed record DirectAddress(string One, string Other) : Address
{
    public override DaemonFrame.Message Frame(LoggedMessage message) => Frame(message, null, message.From == One ? Other : One);
}
