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
    private readonly HashSet<Conversation> lost = [];
    private Conversation? active = first;
    private bool isUnchosen;

    public string Me => me;

    /// <summary>The conversation that the next line goes to. Null where the user has to choose one: there is none, or a kick or ban ended the last.</summary>
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

    /// <summary>Follows a change of room. Only one that the user asked for decides where the next line goes.</summary>
    public void Follow(RoomChange change)
    {
        if (change.IsIn) Enter(Conversation.Room(change.Room), change.IsAsked);
        else Leave(Conversation.Room(change.Room), change.IsAsked);
    }

    /// <summary>The place to run a command that waited: its own, or if the user has left that room since, the current one. After a kick it has no room.</summary>
    public Conversation PlaceOf(Conversation written)
    {
        lock (gate)
        {
            if (written.IsDirect || rooms.Contains(written)) return written;
            return active is { } now && !lost.Contains(written) ? now : Conversation.With(me);
        }
    }

    private void Enter(Conversation room, bool isAsked)
    {
        lock (gate)
        {
            lost.Remove(room);
            if (!rooms.Contains(room)) rooms.Add(room);
            if (isAsked || (active is null && !isUnchosen)) Choose(room);
        }
    }

    private void Leave(Conversation room, bool isAsked)
    {
        lock (gate)
        {
            rooms.Remove(room);
            if (!isAsked) lost.Add(room);
            if (!room.Equals(active)) return;
            active = isAsked ? rooms.LastOrDefault() : null;
            isUnchosen = active is null;
        }
    }

    private void Choose(Conversation place) => (active, isUnchosen) = (place, false);

    /// <summary>False where it is a room that one is not in.</summary>
    public bool TrySwitch(Conversation to)
    {
        lock (gate)
        {
            if (!to.IsDirect && (to = rooms.Find(r => r.Equals(to))!) is null) return false;
            Choose(to);
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
