using Chat.Client;

namespace Chat.Cli;

/// <summary>The conversations of this run, the one that is spoken in, and who was seen in them. Safe from any thread.</summary>
/// <param name="first">Where one speaks at first.</param>
internal sealed class Places(string me, Conversation? first)
{
    /// <summary>Names remembered for completion.</summary>
    private const int NamesBound = 2_000;

    private readonly Lock gate = new();
    private readonly List<Conversation> rooms = [];
    private readonly HashSet<string> names = [];
    private Conversation? active = first;

    public string Me => me;

    public Conversation? Active
    {
        get
        {
            lock (gate) return active;
        }
    }

    public IReadOnlyList<Conversation> Rooms
    {
        get
        {
            lock (gate) return [.. rooms];
        }
    }

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate) return [.. names];
        }
    }

    /// <param name="speaks">Whether one speaks there from now on, wherever one spoke before; no change where one is in it already.</param>
    public void Enter(Conversation room, bool speaks)
    {
        lock (gate)
        {
            if (rooms.Contains(room)) return;
            rooms.Add(room);
            if (speaks || active is null) active = room;
        }
    }

    /// <summary>What a command changed, before its events are shown: the next line goes where its writer expects.</summary>
    /// <param name="before">The rooms before it.</param>
    public void Follow(IReadOnlyList<Conversation> before, IReadOnlyList<Conversation> now)
    {
        foreach (var room in now.Except(before)) Enter(room, speaks: true);
        foreach (var room in before.Except(now)) Leave(room);
    }

    /// <summary>Where a line that waited is run: where it was written, unless one has left that room since.</summary>
    public Conversation Still(Conversation where) => where.IsDirect || Rooms.Contains(where) ? where : Active ?? Conversation.With(me);

    public void Leave(Conversation room)
    {
        lock (gate)
        {
            rooms.Remove(room);
            if (room.Equals(active)) active = rooms.LastOrDefault();
        }
    }

    /// <summary>False where it is a room that one is not in.</summary>
    public bool TrySwitch(Conversation to)
    {
        lock (gate)
        {
            if (!to.IsDirect && (to = rooms.Find(r => r.Equals(to))!) is null) return false;
            active = to;
            return true;
        }
    }

    public void Saw(params IEnumerable<string> seen)
    {
        lock (gate)
            foreach (var name in seen)
                if (names.Count < NamesBound) names.Add(name);
    }
}
