using Chat.Daemon.Accounts;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>
/// A user in a room, over any number of connections. Guarded by the room's lock, but for the identity, the name and the role.
/// </summary>
internal sealed class RoomMember(ChatUser user)
{
    /// <summary>In fact all names differ; should two be equal, each still has its place.</summary>
    public static readonly IComparer<RoomMember> ByName = Comparer<RoomMember>.Create((one, other) =>
        string.CompareOrdinal(one.Name.Key, other.Name.Key) is not 0 and var order
            ? order
            : string.CompareOrdinal(one.Identity.Key, other.Identity.Key));

    private readonly List<Subscriber> connections = new(1);
    private volatile ChatUser user = user;

    public Identity Identity => user.Identity;

    public UserName Name => user.Name;

    /// <summary>Taken from a live connection, because an ended session does not learn of a new role.</summary>
    public ChatUser User => user;

    public IReadOnlyList<Subscriber> Connections => connections;

    public bool IsPresent => connections.Count > 0;

    public bool IsAnnounced { get; set; }

    /// <summary>Whether one of the connections has been admitted since the last of them left.</summary>
    public bool IsAdmitted { get; set; }

    public void Add(Subscriber connection)
    {
        connections.Add(connection);
        if (connections.Count == 1) user = connection.User;
    }

    public void Remove(Subscriber connection)
    {
        connections.Remove(connection);
        if (connections.Count > 0) user = connections[0].User;
    }
}
