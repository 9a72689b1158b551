using System.Collections.Immutable;
using Chat.Daemon.Accounts;

namespace Chat.Daemon.Delivery;

/// <summary>
/// The users in a room, in the order of their names, and those whose coming or going is not announced yet. Guarded by the room's lock.
/// The order is an immutable tree: a join copies a few of its nodes, and readers need no lock.
/// </summary>
internal sealed class RoomMembers
{
    private readonly Dictionary<Identity, RoomMember> byIdentity = [];
    private readonly HashSet<RoomMember> changed = [];

    /// <summary>Whether the members were listed since the last announcement.</summary>
    private bool isListed;

    /// <summary>Those who are in the room now.</summary>
    public ImmutableSortedSet<RoomMember> Present { get; private set; } = ImmutableSortedSet.Create(RoomMember.ByName);

    public RoomMember? Find(Identity identity) => byIdentity.GetValueOrDefault(identity);

    /// <returns>Whether it is the user's first connection in the room.</returns>
    public bool Add(Subscriber subscriber)
    {
        var user = subscriber.User;
        if (!byIdentity.TryGetValue(user.Identity, out var member)) byIdentity[user.Identity] = member = new RoomMember(user);
        member.Add(subscriber);
        if (member.Connections.Count > 1) return false;
        Present = Present.Add(member);
        changed.Add(member);
        return true;
    }

    /// <returns>The user.</returns>
    public RoomMember Remove(Subscriber subscriber)
    {
        var member = byIdentity[subscriber.User.Identity];
        member.Remove(subscriber);
        if (member.IsPresent) return member;
        Present = Present.Remove(member);
        changed.Add(member);
        return member;
    }

    /// <summary>For a list of the members. Later announcements fit it, though some in it may not have been announced.</summary>
    public ImmutableSortedSet<RoomMember> List()
    {
        isListed = true;
        return Present;
    }

    /// <summary>
    /// Who joined and who left since the last time. A user who did both in between appears in neither list, unless the members were
    /// listed meanwhile: then some client may know the user.
    /// </summary>
    public (List<string> Joined, List<string> Left) TakeChanges()
    {
        var (joined, left) = (new List<string>(), new List<string>());
        foreach (var member in changed)
        {
            if (member.IsPresent && !member.IsAnnounced) joined.Add(member.Name.Text);
            if (!member.IsPresent && (member.IsAnnounced || isListed)) left.Add(member.Name.Text);
            member.IsAnnounced = member.IsPresent;
            if (!member.IsPresent) byIdentity.Remove(member.Identity);
        }
        changed.Clear();
        isListed = false;
        return (joined, left);
    }
}
