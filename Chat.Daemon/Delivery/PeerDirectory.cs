using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>Who is online, by identity: each connection of a user receives its direct messages.</summary>
internal sealed class PeerDirectory
{
    private readonly Dictionary<Identity, List<Member>> online = [];

    /// <summary>Guards all members here and the cursors of the direct conversations.</summary>
    public Lock Gate { get; } = new();

    /// <summary>From now on the connection receives what is sent to its user, kept back until <see cref="Welcome"/>.</summary>
    public Member Attach(Connection connection, Person person)
    {
        var member = new Member(connection, person) { IsPresent = true };
        lock (Gate)
        {
            if (!online.TryGetValue(person.Identity, out var members)) online[person.Identity] = members = [];
            members.Add(member);
        }
        return member;
    }

    public void Welcome(Member member, in Piece welcome)
    {
        lock (Gate)
        {
            member.Begin(welcome);
        }
    }

    public void Detach(Member member)
    {
        lock (Gate)
        {
            if (!member.IsPresent) return;
            member.IsPresent = false;
            var members = online[member.Person.Identity];
            members.Remove(member);
            if (members.Count == 0) online.Remove(member.Person.Identity);
        }
    }

    public bool IsOnline(Identity identity)
    {
        lock (Gate)
        {
            return online.ContainsKey(identity);
        }
    }

    /// <summary>Whether it makes sense to write to the person: a guest who is not here may never come back to read it.</summary>
    public bool CanReceive(Person person) => !person.IsGuest || IsOnline(person.Identity);

    /// <summary>Queues a frame that is not logged to all connections of a user.</summary>
    public void Notify(Identity identity, in Piece piece)
    {
        lock (Gate)
        {
            foreach (var member in ConnectionsOf(identity)) member.Deliver(piece);
        }
    }

    /// <summary>Under <see cref="Gate"/> only.</summary>
    public List<Member> ConnectionsOf(Identity identity) => online.GetValueOrDefault(identity) ?? [];
}
