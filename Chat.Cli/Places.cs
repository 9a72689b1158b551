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

    /// <param name="speaks">Whether one speaks there from now on, wherever one spoke before.</param>
    public void Enter(Conversation room, bool speaks)
    {
        lock (gate)
        {
            if (!rooms.Contains(room)) rooms.Add(room);
            if (speaks || active is null) active = room;
        }
    }

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
